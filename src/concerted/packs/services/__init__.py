from concerted.packs.services.loading import PackLoaded, PackRefused, load_pack

__all__ = ["PackLoaded", "PackRefused", "load_pack"]
