"""Static files with a hash in their names, so that browsers keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names once the files are gathered (``./kontor migrate``); before that, and in tests, the plain names."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a gathered file, else the name itself."""
        known = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return known if known is not None else name
