"""Wrong use of the command line, in the user's words."""

from __future__ import annotations

import click


class Commands(click.Group):
    """A group that names its commands when it is asked for one that it has not."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise click.UsageError(f"沒有「{name}」這個指令，可用者：{'、'.join(self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


def explain(fault: click.ClickException) -> str:
    """What is wrong and where the usage is described, on one line."""
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "clausecheck"
    return f"{_fault(fault).rstrip('。')}（用法見 {path} --help）"


def _fault(fault: click.ClickException) -> str:
    if isinstance(fault, click.NoSuchOption):
        return f"沒有「{fault.option_name}」這個選項" + _instead(fault.possibilities or ())
    if isinstance(fault, click.BadOptionUsage):
        return f"選項「{fault.option_name}」缺少內容，或用法不對"
    if isinstance(fault, click.MissingParameter):
        return f"缺少「{_name(fault)}」"
    if isinstance(fault, click.BadParameter):
        return f"「{_name(fault)}」的內容不對" + _choices(fault)
    if fault.message.startswith("Got unexpected extra argument"):
        return "多了不需要的內容：" + fault.message.partition("(")[2].rstrip(").")
    return fault.message


def _instead(names: object) -> str:
    return f"，是否指 {'、'.join(names)}" if isinstance(names, (list, tuple)) and names else ""


def _name(fault: click.BadParameter) -> str:
    if fault.param is None:
        return str(fault.param_hint or "")
    long = [o for o in fault.param.opts if o.startswith("--")]
    return long[0] if long else fault.param.make_metavar(fault.ctx) if fault.ctx else fault.param.human_readable_name


def _choices(fault: click.BadParameter) -> str:
    kind = fault.param.type if fault.param else None
    if isinstance(kind, click.IntRange | click.FloatRange):
        return "，須為大於 0 的數字"
    return f"，只能是 {'、'.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else f"：{fault.message}"
