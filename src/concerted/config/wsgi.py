import gc
import os

from django.core.wsgi import get_wsgi_application

from concerted.kit.whole import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
application = whole_bodies(get_wsgi_application())
# What is loaded by now stays: looking through it again and again for garbage took one tenth of a page's time. A page
# makes some thousand objects and drops nearly all of them by itself, so the collector may wait for several pages.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
