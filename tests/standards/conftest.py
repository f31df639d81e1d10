"""Properties are judged by what they find, never by how long a busy machine takes for one example."""

from hypothesis import settings

settings.register_profile("wenlv")
settings.load_profile("wenlv")
