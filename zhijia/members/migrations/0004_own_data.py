import django.db.models.deletion
from django.db import migrations, models

import zhijia.core.uid


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_past"),
        ("unions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=zhijia.core.uid.uuid7, unique=True, verbose_name="编号")),
                ("version", models.IntegerField(default=1)),
                (
                    "origin",
                    models.CharField(
                        choices=[("lived", "办理"), ("recorded", "补录")], default="recorded", max_length=10
                    ),
                ),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_by", models.BigIntegerField(null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("aid", "困难帮扶（病情、家庭、收入）"),
                            ("family", "家庭成员信息"),
                            ("child", "未满14周岁子女信息"),
                            ("upward", "提供给上级工会"),
                            ("notice", "公示"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="用途",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("consent", "本人单独同意"),
                            ("guardian", "监护人同意"),
                            ("duty", "履行法定职责"),
                            ("other", "法律规定的其他情形"),
                        ],
                        default="consent",
                        max_length=10,
                        verbose_name="依据",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="同意日期")),
                ("ended_on", models.DateField(null=True, verbose_name="撤回同意日期")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="同意的内容")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="姓名",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人信息同意",
                "indexes": [models.Index(fields=["union", "person", "purpose"], name="consent_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="consent_ends_after",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=zhijia.core.uid.uuid7, unique=True, verbose_name="编号")),
                ("version", models.IntegerField(default=1)),
                (
                    "origin",
                    models.CharField(
                        choices=[("lived", "办理"), ("recorded", "补录")], default="recorded", max_length=10
                    ),
                ),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_by", models.BigIntegerField(null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                ("about", models.CharField(max_length=80, verbose_name="哪一项")),
                ("wish", models.CharField(max_length=300, verbose_name="应改为")),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "等待核对"), ("done", "已更正"), ("refused", "未更正")],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="答复")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="姓名",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                    ),
                ),
            ],
            options={
                "verbose_name": "更正请求",
                "indexes": [models.Index(fields=["union", "state", "asked_on"], name="correction_by_state")],
            },
        ),
    ]
