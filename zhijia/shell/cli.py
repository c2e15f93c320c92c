"""The command line: words in, exit code out: 0 done, 1 refused with reasons, 2 wrong use."""

from __future__ import annotations

import argparse
import importlib
import logging
import re
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.utils.module_loading import import_string

from zhijia.core.keys import SecretError
from zhijia.core.outcomes import Refused

DONE, REFUSED, WRONG_USE = 0, 1, 2

# word -> (module of this room's commands, help); a module has `arguments(parser)` and `run(options) -> int`.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "建立样例工会，写出换届全套材料，并打开网站"),
    "init": ("init", "建立一个空的工会和第一个管理员"),
    "template": ("template", "写出空白台账工作簿"),
    "import": ("import_", "导入台账（xlsx、xls、ods、csv）"),
    "undo": ("undo", "撤销一次导入"),
    "export": ("export", "把全部记录导出为工作簿"),
    "facts": ("facts", "列出数据，或某个数据背后的记录"),
    "claims": ("claims", "核对“每年”“每次”等说法是否成立"),
    "check": ("check", "对照规定检查全部记录"),
    "package": ("package", "写出换届全套材料"),
    "serve": ("serve", "打开网站"),
    "backup": ("backup", "备份到一个文件"),
    "restore": ("restore", "从备份恢复到空的数据文件夹"),
    "audit": ("audit", "核对审计链（audit verify）"),
    "keys": ("keys", "更换加密密钥（keys rotate）"),
    "standards": ("standards", "导入标准和规定（standards import 文件）"),
    "docs": ("docs", "按程序里的声明写出说明文档"),
}

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 不能是 \2，只能是 \3"),
    (r"argument (.*): invalid \w+ value: (.*)", r"\1 的值 \2 不对"),
    (r"argument (.*): expected .*", r"\1 后面缺少内容"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 不能和 \2 一起用"),
)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and ends with exit code 2 on wrong use."""

    def __init__(self, prog: str, description: str = "") -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")
        self.add_argument("--union", metavar="代码", help="用哪个工会（默认是最先建立的）")

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        """The whole help."""
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words given, and end."""
        for pattern, chinese in _MESSAGES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, chinese, message)
                break
        self.exit(WRONG_USE, f"{self.format_usage()}{message}\n")


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing a person did wrong ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console of Windows may not know every character
            stream.reconfigure(errors="replace")
    try:
        return _run(list(argv))
    except Refused as refused:
        from zhijia.shell.terminal import complain

        complain(refused.violations, most=200)
        return REFUSED
    except SecretError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except SystemExit as end:  # argparse
        return end.code if isinstance(end.code, int) else WRONG_USE
    except KeyboardInterrupt:
        print("已中断，没有写入未完成的内容", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our answer has gone (head, less)
        return DONE
    except Exception:  # noqa: BLE001 - the last resort: a plain sentence here, the place in the log
        number = note_error()
        print(f"程序出了意外，没有保存任何内容（错误编号 {number}）", file=sys.stderr)
        print(f"详情见 {Path(settings.ZHIJIA_HOME) / 'logs' / 'errors.log'}，请交给管理这套系统的人", file=sys.stderr)
        return REFUSED


def note_error() -> str:
    """Write where the current exception came from, without any value, to the log; return the number to quote."""
    formatters: dict[str, dict[str, str]] = settings.LOGGING["formatters"]  # type: ignore[assignment]  # a plain dict
    without_values = import_string(formatters["plain"]["()"])
    number = secrets.token_hex(4)
    folder = Path(settings.ZHIJIA_HOME) / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    handler = logging.FileHandler(folder / "errors.log", encoding="utf-8")
    handler.setFormatter(without_values("%(asctime)s %(message)s"))
    record = logging.LogRecord("zhijia", logging.ERROR, "", 0, f"error {number}", (), sys.exc_info())
    handler.handle(record)
    handler.close()
    return number


def _run(words: list[str]) -> int:
    union, word, rest = _split(words)
    if word in ("", "-h", "--help", "help"):
        print(_overview())
        return DONE if word else WRONG_USE
    if word not in COMMANDS:
        print(f"没有“{word}”这个命令\n\n{_overview()}", file=sys.stderr)
        return WRONG_USE
    module_name, help_text = COMMANDS[word]
    module = importlib.import_module(f"zhijia.shell.commands.{module_name}")
    parser = Parser(f"zhijia {word}", help_text)
    parser.set_defaults(union=union)
    module.arguments(parser)
    return int(module.run(parser.parse_args(rest)))


def _split(words: list[str]) -> tuple[str | None, str, list[str]]:
    """The union named before the command, the command, and the words after it."""
    if words and words[0] == "--union":
        if len(words) < 2:
            return None, "", []
        return words[1], words[2] if len(words) > 2 else "", words[3:]
    if words and words[0].startswith("--union="):
        return words[0].partition("=")[2], words[1] if len(words) > 1 else "", words[2:]
    return None, words[0] if words else "", words[1:]


def _overview() -> str:
    lines = [f"  {word:<10}{help_text}" for word, (_module, help_text) in COMMANDS.items()]
    return "\n".join(["用法：zhijia [--union 代码] 命令 …", "", "命令：", *lines, "", "每个命令后加 --help 看说明"])
