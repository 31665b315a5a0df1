"""The failCodes of both families that the pages name, with the sentences the service gives with them."""

from __future__ import annotations

MESSAGES = {
    "CONTENT_VIOLATION": "The prompt violates the content policy",
    "NSFW_DETECTED": "The generated content was found unsafe",
    "PROMPT_TOO_LONG": "The prompt is too long for the model",
    "INVALID_PROMPT": "The prompt cannot be used",
    "INVALID_IMAGE_URL": "Cannot access provided image URL",
    "IMAGE_TOO_LARGE": "An input image is larger than the limit",
    "UNSUPPORTED_FORMAT": "The format of an input image is not supported",
    "IMAGE_DOWNLOAD_FAILED": "An input image could not be downloaded",
    "PROCESSING_TIMEOUT": "The task took too long",
    "MODEL_UNAVAILABLE": "The model is not available at the moment",
    "GENERATION_FAILED": "Image generation failed",
    "INSUFFICIENT_CREDITS": "Not enough credits",
    "SensitiveContentDetected": "The request may contain sensitive information",
    "InputImageSensitiveContentDetected": "An input image may contain sensitive information",
    "ProhibitedContentDetected": "The request may contain prohibited content",
    "PromptLengthExceeded": "The prompt exceeds the maximum length",
}


def message_for(code: str) -> str:
    """The failMsg that comes with *code*; failCodes are an open set, so any code has one."""
    return MESSAGES.get(code, f"The task failed with {code}")
