"""Opening an identity: a reason that stays written, a custodian's passphrase, an entry in the audit log."""
