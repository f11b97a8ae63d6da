"""The audit trail: who signed in, who of the staff opened whose work, what the admin changed.

Other packages use the names listed here. `signals.py` listens to what Django and allauth tell.
"""

from accounts.audit.network import network_of, network_of_client
from accounts.audit.staff import record_added_class, record_help
from accounts.audit.trail import forget_name, forget_old, record, record_failed_sign_in
from accounts.models import AuditAction

__all__ = [
    "AuditAction",
    "forget_name",
    "forget_old",
    "network_of",
    "network_of_client",
    "record",
    "record_added_class",
    "record_failed_sign_in",
    "record_help",
]
