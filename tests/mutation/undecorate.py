"""Move decorators below the functions they decorate, for a copy that is mutated.

mutmut leaves a decorated function alone. `@lru_cache(maxsize=4096)` above a `def` is the
same as `name = lru_cache(maxsize=4096)(name)` below it, and then the function is mutated too.
"""

import ast

MOVED = ("lru_cache", "cache_short", "property", "cached_property")
"""Decorators that are moved; others, such as `dataclass`, are for classes, or change nothing."""


def move_decorators(source: str) -> str:
    """Return a module's text with the decorators of its functions below them."""
    lines = source.splitlines()
    for function in sorted(_find_decorated(source), key=lambda found: -found.lineno):
        decorator = function.decorator_list[0]
        indent = " " * function.col_offset
        call = f"{indent}{function.name} = {ast.unparse(decorator)}({function.name})"
        lines.insert(function.end_lineno, call)
        del lines[decorator.lineno - 1 : decorator.end_lineno]
    return "\n".join(lines) + "\n"


def _find_decorated(source: str) -> list[ast.FunctionDef]:
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and len(node.decorator_list) == 1
        and _name(node.decorator_list[0]) in MOVED
    ]


def _name(decorator: ast.expr) -> str:
    return ast.unparse(decorator).partition("(")[0]
