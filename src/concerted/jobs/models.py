from django.db import models


class Lease(models.Model):
    """Which worker has which task, and until when its claim holds. A worker that dies stops renewing it."""

    task_id = models.UUIDField(primary_key=True)
    worker = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    #: How many of the tries ended because the worker died, which is not the task's fault.
    deaths = models.PositiveSmallIntegerField(default=0)
    beaten_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.task_id} with {self.worker}"


class Rhythm(models.Model):
    """When a repeated job was last put in the queue. One row a job; a conditional update lets one worker do it."""

    name = models.CharField(max_length=80, primary_key=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Progress(models.Model):
    """What a person who started long work may look at: how far it is, and how it ended."""

    public = models.UUIDField(primary_key=True)
    owner_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=160)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(null=True, blank=True)
    failed = models.BooleanField(default=False)
    back = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.title}: {self.done} of {self.total}"
