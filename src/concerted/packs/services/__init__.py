from concerted.packs.services.documents import bring_document
from concerted.packs.services.loading import PackLoaded, PackRefused, load_pack

__all__ = ["PackLoaded", "PackRefused", "bring_document", "load_pack"]
