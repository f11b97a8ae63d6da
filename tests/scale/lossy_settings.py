from coderunner.settings import *  # noqa: F403 - a site's settings, with one change

CHANNEL_LAYERS["default"]["BACKEND"] = "tests.scale.lossy_layer.LossyLayer"  # noqa: F405
