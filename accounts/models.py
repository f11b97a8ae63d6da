from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A student; with `is_staff` an instructor."""
