"""Reading and writing mail: from bytes to a `Reading`, from a draft to bytes. Pure."""
