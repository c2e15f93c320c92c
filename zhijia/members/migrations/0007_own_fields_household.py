from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0006_posts"), ("unions", "0001_initial")]
    operations = []
