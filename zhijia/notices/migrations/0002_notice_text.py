from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='text',
            field=models.TextField(blank=True, default='', verbose_name='正文'),
            preserve_default=False,
        ),
    ]
