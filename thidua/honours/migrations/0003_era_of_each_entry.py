"""Entries written before the era was filled in get that of their decision's day."""

from django.db import migrations

import django.db.models

# The eras as the texts had them when this was written; entries follow the day of their decision.
FILL = """
    ALTER TABLE honours_honour DISABLE TRIGGER USER;
    UPDATE honours_honour SET era = eras.code
    FROM (VALUES
        ('L2003_ND91', date '2017-10-01', date '2024-01-01'),
        ('L2022_ND98', date '2024-01-01', date '2024-04-15'),
        ('L2022_ND98_TT01', date '2024-04-15', date '2025-07-01'),
        ('L2022_ND152_A', date '2025-07-01', date '2025-08-05'),
        ('L2022_ND152_B', date '2025-08-05', date '2026-01-01'),
        ('L2022_ND152_C', date '2026-01-01', date '2026-10-01'),
        ('L2026', date '2026-10-01', date '2027-03-01')
    ) AS eras (code, starts, ends)
    WHERE era = '' AND decision_date >= eras.starts AND decision_date < eras.ends;
    ALTER TABLE honours_honour ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("honours", "0002_history_and_corrections")]

    operations = [
        migrations.AlterField(
            model_name="honour",
            name="era",
            field=django.db.models.CharField(
                blank=True,
                help_text="Theo ngày quyết định hoặc quy định chuyển tiếp; trống khi chưa có văn bản.",
                max_length=40,
                verbose_name="thời kỳ pháp luật",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
