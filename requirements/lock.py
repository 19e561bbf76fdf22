"""`make lock`: write the three lists, with hashes and without the name of any index."""

import subprocess
import sys

COMPILE = ["pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
QUIET = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"]
FILES = {
    "requirements/run.txt": ["--extra", "embedded", "--extra", "sandbox"],
    "requirements/production.txt": ["--constraint", "requirements/run.txt"],
    "requirements/dev.txt": ["--all-extras", "--constraint", "requirements/run.txt"],
}

for file, extras in FILES.items():
    subprocess.run([sys.argv[1], *COMPILE, *QUIET, *extras, "--output-file", file], check=True)
