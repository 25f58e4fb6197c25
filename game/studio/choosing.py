"""Which studio the settings ask for."""

from ai_artist.perceptor_names import BUNDLED
from game.mistake import Mistake
from game.settings import Settings
from game.studio.base import Studio
from game.studio.local import LocalStudio


def studio_of(settings: Settings) -> Studio:
    """The artists of this machine, or those of a fleet with one of this machine beside them. Raises Mistake if what a fleet needs is missing."""
    if settings.artists == "local":
        if settings.fleet_perceptors:
            raise Mistake(
                "Other perceptors than this machine's are a fleet's: set GUESSTROKE_ARTISTS=fleet, or leave GUESSTROKE_OTHER_PERCEPTORS out."
            )
        return LocalStudio(settings.perceptor, settings.artist_workers, settings.artist_device)
    if settings.redis_url is None:
        raise Mistake("Artists on a fleet are found over Redis: set GUESSTROKE_REDIS_URL, such as redis://10.0.0.5:6379/0.")
    try:
        from game.studio.cluster import ClusterStudio
    except ModuleNotFoundError as error:
        raise missing(error) from error
    perceptors = (settings.perceptor, *settings.fleet_perceptors)
    return ClusterStudio(settings.redis_url, perceptors, LocalStudio(BUNDLED, settings.artist_workers, settings.artist_device))


def missing(error: ModuleNotFoundError) -> Mistake:
    """What to tell who has not installed what a fleet needs."""
    return Mistake(f"{error.name} is not installed, which artists on a fleet need: pip install 'guesstroke[cluster]'")
