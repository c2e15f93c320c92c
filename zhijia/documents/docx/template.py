"""A union's own docx template filled in: values escaped, the template sandboxed, every unknown name told at once."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from zhijia.core.outcomes import Refused, Violation
from zhijia.documents.docx.archive import NotADocument, rezipped, unzipped

_SOURCE = "模板检查"
_BROKEN = (TemplateError, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError)


def template_problems(template: bytes, names: Collection[str]) -> list[Violation]:
    """Every reason why a template can not be used with these names; an empty list means it can.

    `names` are what it may use: "union" allows union and all below it unless dotted names ("union.name") of that
    root are given too, which then are the only ones.
    """
    try:
        tree = _parsed(template)
    except NotADocument as error:
        return [Violation("template.file", str(error), _SOURCE, mend="请用 Word 另存为 .docx 后再上传")]
    except TemplateSyntaxError as error:
        return [_syntax(error)]
    except _BROKEN as error:
        return [_unreadable(error)]
    allowed = set(names)
    roots = {name.partition(".")[0] for name in allowed}
    strict = {name.partition(".")[0] for name in allowed if "." in name}
    unknown = find_undeclared_variables(tree) - roots
    for dotted in _dotted(tree):
        root, known = dotted.partition(".")[0], any(name == dotted or name.startswith(f"{dotted}.") for name in allowed)
        if root in strict and not known and not any(dotted.startswith(f"{name}.") for name in allowed if "." in name):
            unknown.add(dotted)
    return [_undefined(name) for name in sorted(unknown)]


def render_template(template: bytes, context: Mapping[str, Any]) -> bytes:
    """The template filled with `context`, every value escaped; equal input gives equal bytes.

    Raises `Refused` with all unknown names at once (nested ones too), or with what is wrong in the file.
    """
    refused = template_problems(template, context.keys())
    if refused:
        raise Refused(refused)
    missing: set[str] = set()
    filled = DocxTemplate(io.BytesIO(template))
    target = io.BytesIO()
    try:
        filled.render(dict(context), _environment(missing), autoescape=True)
        filled.save(target)
    except SecurityError as error:
        found = Violation(
            "template.unsafe", "模板使用了不允许的写法", _SOURCE, value=str(error), mend="只使用目录中列出的变量"
        )
        raise Refused([found]) from error
    except (*_BROKEN, TypeError, AttributeError, ArithmeticError, LookupError) as error:
        raise Refused([*map(_undefined, sorted(missing)), _unreadable(error)]) from error
    if missing:
        raise Refused(map(_undefined, sorted(missing)))
    return rezipped(target.getvalue())


def _environment(missing: set[str]) -> ImmutableSandboxedEnvironment:
    class Collecting(Undefined):
        """An unknown value: remembered, then treated as empty so that the next one is found too."""

        def _told(self) -> Undefined:
            if self._undefined_exception is SecurityError:
                self._fail_with_undefined_error()
            missing.add(str(self._undefined_name))
            return self

        def __str__(self) -> str:
            self._told()
            return ""

        def __iter__(self) -> Any:
            self._told()
            return iter(())

        def __bool__(self) -> bool:
            self._told()
            return False

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self._told()

        def __getitem__(self, key: Any) -> Any:
            return self._told()

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=Collecting)


def _parsed(template: bytes) -> nodes.Template:
    """The template's own language as a tree, over body, headers and footers."""
    unzipped(template)
    reader = DocxTemplate(io.BytesIO(template))
    reader.init_docx()
    pieces = [reader.patch_xml(reader.get_xml())]
    for uri in (reader.HEADER_URI, reader.FOOTER_URI):
        pieces += [
            reader.patch_xml(reader.xml_to_string(parse_xml(part.blob))) for _, part in reader.get_headers_footers(uri)
        ]
    return _environment(set()).parse("".join(pieces))


def _dotted(tree: nodes.Template) -> set[str]:
    """Every chain of names that the template reads: union.leader.name."""
    return {chain for node in tree.find_all(nodes.Getattr) if (chain := _chain(node))}


def _chain(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _chain(node.node)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _undefined(name: str) -> Violation:
    return Violation("template.undefined", "模板中的变量不存在", _SOURCE, value=name, mend="请改成目录中列出的变量名")


def _syntax(error: TemplateSyntaxError) -> Violation:
    return Violation(
        "template.syntax",
        "模板中的标记写法有误",
        _SOURCE,
        value=str(error.message),
        mend="请检查 {{ }} 和 {% %} 是否成对",
    )


def _unreadable(error: Exception) -> Violation:
    return Violation(
        "template.unreadable",
        "模板无法填写",
        _SOURCE,
        value=str(error)[:200],
        mend="请检查模板中的标记，或重新另存为 .docx",
    )
