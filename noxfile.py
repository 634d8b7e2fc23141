"""Sessions for people and for CI; `nox -l` lists them."""

from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["tests", "lint"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
TEST_TOOLS = nox.project.dependency_groups(PYPROJECT, "tests")
DOCS_TOOLS = nox.project.dependency_groups(PYPROJECT, "docs")
FUZZ_TOOLS = nox.project.dependency_groups(PYPROJECT, "fuzz")
LINT_TOOLS = nox.project.dependency_groups(PYPROJECT, "lint")
COVERAGE_TOOLS = nox.project.dependency_groups(PYPROJECT, "coverage")
MUTATION_TOOLS = nox.project.dependency_groups(PYPROJECT, "mutation")
PARALLEL = ("-n", "auto", "--dist", "worksteal")
CHECKED = "not scale and not interop and not index_long and not damage and not worst"
QUICK = f"{CHECKED} and not slow"
TRY_PACKAGE = str(Path(__file__).parent / "tests" / "packaging" / "try_package.py")
COVERED = ("subject", "trailers", "patches", "series", "archive", "inbox", "upstream")


@nox.session
def demo(session: nox.Session) -> None:
    """Print the mailing-list update of the sample inbox."""
    session.install("-q", ".")
    session.run("kvminbox", "demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests but the slow and the long ones, which have sessions of their own."""
    session.install("-q", "-e", ".", *TEST_TOOLS)
    session.run("pytest", *PARALLEL, "-m", QUICK, *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """Run the tests that take a second or more each; CI runs them, too."""
    session.install("-q", "-e", ".", *TEST_TOOLS)
    session.run("pytest", *PARALLEL, "-m", f"slow and {CHECKED}", *session.posargs)


@nox.session
def interop(session: nox.Session) -> None:
    """Compare with git over the whole real archive; takes some minutes."""
    session.install("-q", "-e", ".", *TEST_TOOLS)
    session.run("pytest", "-m", "interop", *session.posargs)


@nox.session
def mathjax(session: nox.Session) -> None:
    """Run MathJax 2, 3 and 4 over all that a notebook shows; needs npm and Chromium."""
    session.install("-q", "-e", ".", *TEST_TOOLS)
    folder = session.create_tmp()
    versions = ("2.7.9", "3.2.2", "4.0.0")
    packages = (f"mathjax{version[0]}@npm:mathjax@{version}" for version in versions)
    install = ("npm", "install", "--silent", "--no-save", "--prefix", folder)
    session.run(*install, *packages, external=True)
    session.env["KVMINBOX_MATHJAX"] = f"{folder}/node_modules"
    session.run("pytest", "tests/cards/test_no_typesetting.py", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Open pages in Chromium: the board's script, its policy, axe; needs npm and Chromium."""
    session.install("-q", "-e", ".", *TEST_TOOLS, "playwright>=1.50")
    folder = session.create_tmp()
    install = ("npm", "install", "--silent", "--no-save", "--prefix", folder)
    session.run(*install, "axe-core@4", external=True)
    session.env["KVMINBOX_AXE"] = f"{folder}/node_modules/axe-core/axe.min.js"
    session.run("pytest", "tests/browser", *session.posargs)


@nox.session
def index_long(session: nox.Session) -> None:
    """Kill and damage an index hundreds of times; takes some minutes."""
    session.install("-q", "-e", ".", *TEST_TOOLS)
    session.run("pytest", "-m", "index_long", *session.posargs)


@nox.session
def scale(session: nox.Session) -> None:
    """Write datasets on Dask's workers, and kill one; `-- ARCHIVE FOLDER TIMES` measures a list."""
    session.install("-q", "-e", ".[dask]", *TEST_TOOLS)
    if session.posargs:
        session.run("python", "-m", "tests.scale.measure", *session.posargs)
    else:
        session.run("pytest", "-m", "scale")


@nox.session
def fuzz(session: nox.Session) -> None:
    """Fuzz each reader for ten minutes; `-- --runs 2000` is short, and always the same."""
    session.install("-q", "-e", ".", *FUZZ_TOOLS)
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def damage(session: nox.Session) -> None:
    """Damage an archive and an index at thousands of places; rewrite them while they are read."""
    session.install("-q", "-e", ".", *TEST_TOOLS)
    session.run("pytest", "-m", "damage", "-s", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Check that the tests take every branch of the files in `[tool.coverage.report]`."""
    session.install("-q", "-e", ".", *COVERAGE_TOOLS)
    rooms = (f"tests/{room}" for room in COVERED)
    which = f"not real and {CHECKED}"
    session.run("pytest", "-m", which, "--cov=kvminbox", *rooms, *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """Change the code in thousands of ways, and count what the tests notice; takes an hour."""
    session.install("-q", ".", *MUTATION_TOOLS)
    session.run("python", "-m", "tests.mutation.measure", *session.posargs)


@nox.session
def worst(session: nox.Session) -> None:
    """Time and measure the worst inputs of each function, up to 1 MB; takes some minutes."""
    session.install("-q", "-e", ".", *TEST_TOOLS)
    session.run("pytest", "-m", "worst", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, style, types and the layers of imports."""
    session.install("-q", "-e", ".", *LINT_TOOLS, "nox", "pytest")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    # as one reads it who has not set Pydantic's plugin
    plain = ("--config-file=", "--strict", "--ignore-missing-imports")
    session.run("mypy", *plain, "tests/typed/client.py")
    session.run("pyright")
    pages = str(Path(session.create_tmp()) / "pages")  # the pages' Python, as a reader copies it
    session.run("python", "-m", "tests.typed.pages", pages)
    session.run(
        "mypy", "--ignore-missing-imports", "--no-warn-unused-ignores", pages,
        env={"MYPYPATH": pages},
    )  # fmt: skip
    session.run("pyright", "--project", pages)
    session.run("lint-imports")


@nox.session
def package(session: nox.Session) -> None:
    """Build wheel and sdist, and try each in an empty environment of each Python that is here."""
    session.install("-q", "build", "uv")
    folder = Path(session.create_tmp())
    session.run("python", "-m", "build", "-q", "--outdir", str(folder / "dist"))
    made = sorted((folder / "dist").iterdir())
    tried = 0
    for python in ("3.11", "3.12", "3.13", "3.14"):
        place = folder / f"try-{python}"
        find = ("uv", "python", "find", "--no-python-downloads", python)
        found = session.run(*find, silent=True, success_codes=[0, 1, 2])
        if not str(found).startswith("/"):  # else it says why not
            session.warn(f"Python {python} is not here, and was not tried")
            continue
        for file in made:
            session.run("uv", "venv", "-q", "--clear", "--python", python, str(place))
            session.run("uv", "pip", "install", "-q", "--python", str(place), f"{file}[all]")
            session.run(f"{place}/bin/python", TRY_PACKAGE, external=True)
            session.run(f"{place}/bin/kvminbox", "demo", silent=True, external=True)
        tried += 1
    if not tried:
        session.error("no Python from 3.11 to 3.14 is here to try it with")
    wheel = next(file for file in made if file.suffix == ".whl")
    session.run("uvx", "--from", str(wheel), "kvminbox", "--version")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into build/site and check it; a warning is an error, notebooks are run."""
    session.install("-q", "-e", ".[frames,plots,templates]", *TEST_TOOLS, *DOCS_TOOLS)
    session.env["NO_MKDOCS_2_WARNING"] = "1"
    session.run("mkdocs", "build", "--strict")
    pages = ("tests/docs/test_site.py", "tests/docs/test_notebook_pages.py")
    session.run("pytest", *pages, *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest versions that pyproject.toml allows."""
    session.install("-q", "uv")
    install = ("uv", "pip", "install", "-q", "--python", f"{session.bin}/python")
    session.run(*install, "--resolution", "lowest-direct", "-e", ".[frames,plots,templates]")
    session.run(*install, *TEST_TOOLS)  # keeps what is installed and new enough
    session.run("pytest", *PARALLEL, "-m", CHECKED, *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Look up PyPI's advisories for all dependencies; needs PyPI itself."""
    session.install("-q", "uv", "pip-audit")
    pinned = session.create_tmp() + "/pinned.txt"
    session.run("uv", "pip", "compile", "-q", "--all-extras", "pyproject.toml", "-o", pinned)
    # strict: a package that cannot be looked up is an error
    session.run("pip-audit", "--strict", "--disable-pip", "--no-deps", "-r", pinned)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure against git on the real archive; see tests/benchmarks/README.md."""
    session.install("-q", ".")
    session.run("python", "-m", "tests.benchmarks", *session.posargs)


@nox.session
def peers(session: nox.Session) -> None:
    """Compare with b4 and liblore on an inbox; `-- --suites FOLDER`: with peers' own suites."""
    session.install("-q", "-e", ".", *TEST_TOOLS, "b4==0.16.0", "liblore==0.10.1")
    if session.posargs[:1] == ["--suites"]:
        session.env["KVMINBOX_PEER_SUITES"] = session.posargs[1]
        session.run("python", "-m", "tests.peers.suites.compare", session.posargs[1])
        session.run("pytest", "tests/peers/test_suites.py", *session.posargs[2:])
    else:
        session.run("python", "-m", "tests.peers.compare", *session.posargs)
