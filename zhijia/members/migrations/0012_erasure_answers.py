from typing import Any

from django.db import migrations, models

ABOUT = "删除我的信息"
ANSWERS = {"done": "erased", "refused": "kept"}


def reword(apps: Any, _editor: Any) -> None:
    """Answers to requests for erasure that were told as corrections."""
    requests = apps.get_model("members", "CorrectionRequest").objects.filter(about=ABOUT)
    for before, after in ANSWERS.items():
        requests.filter(state=before).update(state=after)


def reword_back(apps: Any, _editor: Any) -> None:
    """The two states that were there before."""
    requests = apps.get_model("members", "CorrectionRequest").objects
    for before, after in ANSWERS.items():
        requests.filter(state=after).update(state=before)


class Migration(migrations.Migration):
    dependencies = [("members", "0011_own_field_name")]

    operations = [
        migrations.AlterField(
            model_name="correctionrequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "等待核对"),
                    ("done", "已更正"),
                    ("refused", "未更正"),
                    ("erased", "已删除"),
                    ("kept", "不删除"),
                ],
                default="waiting",
                max_length=8,
                verbose_name="状态",
            ),
        ),
        migrations.RunPython(reword, reword_back),
    ]
