from coderunner.settings import *  # noqa: F403 - a site's settings, with one change

CHANNEL_LAYERS["default"]["BACKEND"] = "tests.scale.faulty_layer.FaultyLayer"  # noqa: F405
