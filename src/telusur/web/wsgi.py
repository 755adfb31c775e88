"""The application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telusur.web.settings")
application = get_wsgi_application()
# Every page is loaded before the first visitor comes, and not while he waits.
get_resolver().url_patterns  # noqa: B018  reading it is what loads them
# What is loaded stays. Going through all of it for what may be thrown away held every visitor up for a tenth of a second.
gc.collect()
gc.freeze()
