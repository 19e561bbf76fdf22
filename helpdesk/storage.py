"""Static files with content hashes in their names, also inside ES modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names let browsers keep files for a year; imports between modules are rewritten."""

    support_js_module_import_aggregation = True
    manifest_strict = False
    max_post_process_passes = 10  # as deep as imports may lie; the default of 5 was reached
