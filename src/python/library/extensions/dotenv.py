"""https://saurabh-kumar.com/python-dotenv/

What files say is not read: the environment is the one that is given.
"""


def load_dotenv(dotenv_path=None, stream=None, verbose=False, override=False, interpolate=True, encoding="utf-8"):
    return True


def find_dotenv(filename=".env", raise_error_if_not_found=False, usecwd=False):
    return "/repository/" + filename


def dotenv_values(dotenv_path=None, **options):
    return {}


def get_key(dotenv_path, key_to_get, encoding="utf-8"):
    return None


def set_key(dotenv_path, key_to_set, value_to_set, **options):
    return True, key_to_set, value_to_set
