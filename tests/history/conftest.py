from tests.cast import classmate, instructor, owner, stranger, superuser

__all__ = ["classmate", "instructor", "owner", "stranger", "superuser"]
