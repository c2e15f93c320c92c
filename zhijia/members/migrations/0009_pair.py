"""Pairs of rows that looked like one person, and what was decided about them."""

import django.db.models.deletion
from django.db import migrations, models

import zhijia.core.uid


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_lapse"),
        ("unions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pair",
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
                    "verdict",
                    models.CharField(
                        choices=[("different", "不是同一个人"), ("merged", "已合并")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("staff_no", models.CharField(blank=True, max_length=30, verbose_name="原工号")),
                ("batch", models.BigIntegerField(null=True)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="保留的记录",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="另一条记录",
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
                "verbose_name": "疑似重复",
                "indexes": [models.Index(fields=["union", "staff_no"], name="pair_by_staff_no")],
                "constraints": [models.UniqueConstraint(fields=("union", "kept", "other"), name="pair_once")],
            },
        ),
    ]
