"""Opens picture files that others made: looks at their structure here, decodes them in a process of its own."""
