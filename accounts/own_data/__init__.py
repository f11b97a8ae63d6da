"""What this site keeps of a person: as an archive to download, and deleted with the account.

`accounts` imports no package of `runner`, so each one that keeps something of users registers it
as a `Part` at start-up. Other packages use the names listed here.
"""

from accounts.own_data.deletion import LastAdministrator, delete_account, is_last_administrator
from accounts.own_data.parts import File, Part, parts, register_part
from accounts.own_data.pieces import in_pieces, is_full

__all__ = [
    "File",
    "LastAdministrator",
    "Part",
    "delete_account",
    "in_pieces",
    "is_full",
    "is_last_administrator",
    "parts",
    "register_part",
]
