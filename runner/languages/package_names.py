"""Modules whose package has another name on the package index: what one types to install it."""

import re

PACKAGE_OF = {
    "Crypto": "pycryptodome",
    "MySQLdb": "mysqlclient",
    "OpenGL": "PyOpenGL",
    "OpenSSL": "pyOpenSSL",
    "PIL": "pillow",
    "bidi": "python-bidi",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "discord": "discord.py",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "fitz": "PyMuPDF",
    "fpdf": "fpdf2",
    "git": "GitPython",
    "googleapiclient": "google-api-python-client",
    "imblearn": "imbalanced-learn",
    "jwt": "PyJWT",
    "magic": "python-magic",
    "mysql": "mysql-connector-python",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "pygame": "pygame-ce",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "slugify": "python-slugify",
    "socketio": "python-socketio",
    "speech_recognition": "SpeechRecognition",
    "telegram": "python-telegram-bot",
    "usb": "pyusb",
    "websocket": "websocket-client",
    "wx": "wxPython",
    "yaml": "PyYAML",
    "zmq": "pyzmq",
}
MODULE_OF = {package.lower(): module for module, package in reversed(PACKAGE_OF.items())}

# Packages that bring more than one module, or one that is called otherwise and that nobody installs
# by its own name.
MORE_MODULES = {
    "attrs": ("attr", "attrs"),
    "fonttools": ("fontTools",),
    "markdown-it-py": ("markdown_it",),
    "matplotlib": ("mpl_toolkits", "pylab"),
    "pytest": ("py",),
    "setuptools": ("_distutils_hack", "pkg_resources"),
    "sympy": ("isympy",),
}


def modules_of(package: str) -> tuple[str, ...]:
    """What may be imported when a package is installed, as far as its name tells."""
    usual = re.sub(r"[-.]+", "_", package)
    found = {usual, usual.lower(), *MORE_MODULES.get(package.lower(), ())}
    return tuple(sorted(found | ({module} if (module := module_of(package)) else set())))


def module_of(package: str) -> str:
    """What to import, if the package is known to be called otherwise; else empty."""
    return MODULE_OF.get(package.lower(), "")
