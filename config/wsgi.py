"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.bootstrap.private_files import restrict_new_files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
restrict_new_files()
application = get_wsgi_application()
