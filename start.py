# -*- coding: utf-8 -*-
"""Sets Sijill up and serves it: ``python3 start.py``; ``python3 start.py --help``.

The syntax is that of Python 2.7 and later, so that older versions can run this file and
tell their users what to install. The work itself is in config/bootstrap.
"""

from __future__ import unicode_literals

import sys

if sys.version_info < (3, 11):
    message = (
        "Sijill needs Python 3.11 or newer; this is Python {0}.{1}. Install a newer "
        "one, then start with its name, for example: python3.12 start.py\n"
        "يحتاج سجلّ إلى بايثون 3.11 أو أحدث، وهذا بايثون {0}.{1}. ثبّتوا إصدارًا أحدث "
        "ثم شغّلوا الأمر باسمه، مثلًا: python3.12 start.py\n"
    ).format(sys.version_info[0], sys.version_info[1])
    getattr(sys.stderr, "buffer", sys.stderr).write(message.encode("utf-8"))
    sys.exit(1)

from config.bootstrap.run import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
