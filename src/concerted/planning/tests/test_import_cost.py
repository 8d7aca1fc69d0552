"""Pages that do not plan load no arrays, also once they have been asked for."""

import json
import subprocess
import sys

_ASKED = """
import json, sys, time
import django
from django.conf import settings
settings.MIGRATION_MODULES = {app.split(".")[-1]: None for app in settings.INSTALLED_APPS}
settings.DATABASES["default"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "TEST": {}}
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.ALLOWED_HOSTS = ["testserver"]
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", run_syncdb=True, verbosity=0)
from concerted.directory.tests.factories import grant_role, make_person
person = make_person("Dora")
grant_role(person, "national_coordinator")
client = Client()
told = [client.get("/").status_code]
client.force_login(person)
session = client.session
session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
session["account_authentication_methods_user"] = str(person.pk)
session.save()
told += [client.get(path, follow=True).status_code for path in ("/", "/mine/", "/capacity/", "/readiness/")]
arrays = {"numpy", "scipy", "pydantic"}
before = sorted(arrays & set(sys.modules))
told.append(client.get("/plans/example/delegation/").status_code)
print(json.dumps([told, before, sorted(arrays & set(sys.modules))]))
"""


def test_a_request_that_does_not_plan_loads_no_arrays() -> None:
    run = subprocess.run([sys.executable, "-c", _ASKED], check=True, capture_output=True, text=True)
    told, before, after = json.loads(run.stdout.splitlines()[-1])
    assert told[0] in (200, 302), "nobody has signed in"
    assert set(told[1:]) == {200}, told
    assert before == []
    assert after == ["numpy", "pydantic", "scipy"], "a page that plans does"
