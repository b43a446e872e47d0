"""https://www.starlette.dev/background/"""
from __arch__ import background


class BackgroundTask:
    def __init__(self, func, *args, **kwargs):
        self.func, self.args, self.kwargs = func, args, kwargs
        background(func, *args, **kwargs)


class BackgroundTasks(BackgroundTask):
    def __init__(self, tasks=None):
        self.tasks = list(tasks or ())

    def add_task(self, func, *args, **kwargs):
        self.tasks = [*getattr(self, "tasks", ()), BackgroundTask(func, *args, **kwargs)]
