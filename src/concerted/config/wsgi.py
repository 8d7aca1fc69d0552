import os

from django.core.wsgi import get_wsgi_application

from concerted.kit.whole import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
application = whole_bodies(get_wsgi_application())
