"""The web application as a WSGI server (granian) loads it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijia.config.settings")
application = get_wsgi_application()
