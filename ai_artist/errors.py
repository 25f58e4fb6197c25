"""What can be wrong with what the artist is asked for."""


class ArtistError(ValueError):
    """Something that whoever asks can put right; its text says what was expected and what came."""


class PromptError(ArtistError):
    """A prompt that cannot be drawn."""


class PerceptorError(ArtistError):
    """A perceptor that is not known, or whose weights cannot be read."""


class DeviceError(ArtistError):
    """A device to compute on that this machine does not have."""


class OutputError(ArtistError):
    """A place or a format in which a drawing cannot be saved."""


class DrawingError(ArtistError):
    """A drawing that cannot be read, or whose parts do not fit together."""
