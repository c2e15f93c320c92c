import django.db.models.deletion
from django.db import migrations, models

import zhijia.core.fields
import zhijia.core.uid


class Migration(migrations.Migration):
    dependencies = [("members", "0006_posts"), ("unions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="OwnField",
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
                ("name", models.CharField(max_length=20, verbose_name="字段名")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("text", "文字"),
                            ("number", "数字"),
                            ("date", "日期"),
                            ("choice", "选项"),
                            ("file", "文件"),
                        ],
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                ("options", models.TextField(blank=True, verbose_name="选项")),
                ("help", models.CharField(blank=True, max_length=100, verbose_name="填写说明")),
                ("required", models.BooleanField(default=False, verbose_name="必填")),
                ("sensitive", models.BooleanField(default=False, verbose_name="敏感")),
                ("seen_by", models.CharField(blank=True, max_length=300, verbose_name="能看的职务")),
                ("kept_by", models.CharField(blank=True, max_length=300, verbose_name="能改的职务")),
                ("by_self", models.BooleanField(default=False, verbose_name="本人可以填")),
                ("rank", models.IntegerField(default=0, verbose_name="次序")),
                ("retired_on", models.DateField(null=True, verbose_name="停用日期")),
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
                "verbose_name": "自定义字段",
            },
        ),
        migrations.CreateModel(
            name="OwnValue",
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
                ("text", models.CharField(blank=True, max_length=200, verbose_name="内容")),
                ("secret", zhijia.core.fields.SecretField(null=True, purpose="own_field", verbose_name="加密内容")),
                (
                    "field",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.ownfield",
                        verbose_name="字段",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                "verbose_name": "自定义字段内容",
            },
        ),
        migrations.CreateModel(
            name="Relative",
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
                    "relation",
                    models.CharField(
                        choices=[
                            ("spouse", "配偶"),
                            ("child", "子女"),
                            ("parent", "父母"),
                            ("spouse_parent", "配偶父母"),
                            ("sibling", "兄弟姐妹"),
                            ("grandparent", "祖父母、外祖父母"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                        verbose_name="关系",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="家属姓名")),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("male", "男"), ("female", "女")], max_length=6, verbose_name="家属性别"
                    ),
                ),
                ("birth_on", models.DateField(null=True, verbose_name="家属出生日期")),
                (
                    "id_number",
                    zhijia.core.fields.SecretField(null=True, purpose="relative_id", verbose_name="家属身份证号"),
                ),
                ("id_tail", models.CharField(blank=True, max_length=4)),
                ("work", models.CharField(blank=True, max_length=60, verbose_name="单位或学校")),
                (
                    "illness",
                    zhijia.core.fields.SecretField(null=True, purpose="relative_illness", verbose_name="病情或残疾"),
                ),
                ("income_fen", models.BigIntegerField(null=True, verbose_name="月收入")),
                ("together", models.BooleanField(default=True, verbose_name="共同生活")),
                ("dependent", models.BooleanField(default=False, verbose_name="由会员赡养抚养")),
                ("first", models.DateField(null=True, verbose_name="登记起始日期")),
                ("end", models.DateField(null=True, verbose_name="不再登记日期")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="会员",
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
                "verbose_name": "家庭成员",
            },
        ),
        migrations.AddIndex(
            model_name="ownfield",
            index=models.Index(fields=["union", "rank"], name="own_field_by_rank"),
        ),
        migrations.AddConstraint(
            model_name="ownfield",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_on__isnull", True), ("withdrawn_on__isnull", True)),
                fields=("union", "name"),
                name="own_field_name",
            ),
        ),
        migrations.AddIndex(
            model_name="ownvalue",
            index=models.Index(fields=["union", "field", "text"], name="own_value_by_text"),
        ),
        migrations.AddConstraint(
            model_name="ownvalue",
            constraint=models.UniqueConstraint(fields=("person", "field"), name="own_value_of_person"),
        ),
        migrations.AddIndex(
            model_name="relative",
            index=models.Index(fields=["union", "person"], name="relative_of_person"),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", None), ("end", None), ("end__gte", models.F("first")), _connector="OR"),
                name="relative_ends_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(("income_fen", None), ("income_fen__gte", 0), _connector="OR"),
                name="relative_income",
            ),
        ),
    ]
