"""What the command line and the environment decide before anything is built."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from seedream_desktop.system.paths import data_dir_default, library_default


@dataclass(frozen=True, slots=True)
class Options:
    """The common options; *base_url* None means the service's own address."""

    is_demo: bool
    base_url: str | None
    data_dir: Path
    library: Path | None
    time_scale: float
    language: str | None
    log_level: str

    @classmethod
    def from_namespace(cls, namespace: Namespace) -> Options:
        """Return the options with the platform's own folders where none were given; paths absolute."""
        data_dir = namespace.data_dir or data_dir_default(demo=namespace.demo)
        library = Path(namespace.library).expanduser().absolute() if namespace.library else None
        return cls(
            is_demo=namespace.demo,
            base_url=namespace.base_url,
            data_dir=Path(data_dir).expanduser().absolute(),
            library=library,
            time_scale=float(namespace.time_scale),
            language=namespace.lang,
            log_level=namespace.log_level,
        )

    def library_for(self, chosen: str) -> Path:
        """Return the library folder: the option, else what the user *chose*, else the platform's place."""
        if self.library is not None:
            return self.library
        if chosen:
            return Path(chosen)
        return self.data_dir / "library" if self.is_demo else library_default()
