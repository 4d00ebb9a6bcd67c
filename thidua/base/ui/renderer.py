"""Forms drawn with the project's own templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Label above, help below, error beside its field."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
