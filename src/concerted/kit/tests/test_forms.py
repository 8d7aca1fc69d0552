"""Fields tied to their labels, hints and errors; summaries that lead to them."""

import datetime

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.template import Context, Template

from concerted.kit.forms import CASE_WARNING, CaseWarningInput, DateField, FreeTextField, NumberField, SeveralField


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the <paper>")
    on = DateField(label="Day")
    how = forms.ChoiceField(label="How?", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = FreeTextField(label="Note", required=False)
    line = forms.CharField(label="Line", required=False, widget=CaseWarningInput)
    sure = forms.BooleanField(label="Sure")
    hours = NumberField(label="Hours", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def show(source: str, form: forms.Form) -> str:
    return Template("{% load kit %}" + source).render(Context({"form": form}))


def test_hint_and_error_are_tied_to_the_control() -> None:
    html = show("{% field form.name %}", Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">As on the &lt;paper&gt;<' in html
    assert 'id="id_name_error"' in html
    assert '<label for="id_name">' in html


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    html = show("{% field form.how %}", Sample())
    assert html.startswith('<fieldset class="field">')
    assert "<legend>How?</legend>" in html
    assert html.count('class="opt"') == 2


def test_free_text_says_what_must_not_be_written() -> None:
    for name in ("note", "line"):
        html = show(f"{{% field form.{name} %}}", Sample())
        assert str(CASE_WARNING) in html
        assert f'aria-describedby="id_{name}_warning"' in html


def test_the_warning_joins_other_descriptions() -> None:
    class Long(forms.Form):
        note = FreeTextField(label="Note", help_text="Short")

    html = show("{% field form.note %}", Long({}))
    assert 'aria-describedby="id_note_helptext id_note_error id_note_warning"' in html


def test_summary_links_to_the_fields() -> None:
    html = show("{% form_summary form %}", Sample({}))
    assert 'href="#id_name"' in html
    assert 'href="#id_how_0"' in html
    assert "How? This field" in html
    assert "What you typed is kept." in html
    assert 'tabindex="-1"' in html


def test_summary_names_what_belongs_to_no_field() -> None:
    form = Sample({})
    form.add_error(None, "These two do not fit <together>")
    assert "<li>These two do not fit &lt;together&gt;</li>" in show("{% form_summary form %}", form)


def test_no_summary_without_errors() -> None:
    assert show("{% form_summary form %}", Sample()) == ""


def test_every_link_of_a_summary_leads_somewhere() -> None:
    import re

    html = show("{% form_summary form %}{% fields form %}", Sample({}))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 4
    for target in targets:
        assert f'id="{target}"' in html


def test_days_are_read_as_people_write_them() -> None:
    for typed in ("2026-05-29", "29 5 2026", "29/5/2026", "٢٩/٥/٢٠٢٦", " 29.5.2026 "):
        assert DateField().clean(typed) == datetime.date(2026, 5, 29)


def test_the_device_control_gets_an_iso_date() -> None:
    html = show("{% field form.on %}", Sample(initial={"on": datetime.date(2026, 5, 29)}))
    assert 'type="date"' in html
    assert 'value="2026-05-29"' in html


def test_numbers_are_read_in_any_digits() -> None:
    assert NumberField().clean("٤٢") == 42


def test_fields_show_hidden_ones_too() -> None:
    assert 'type="hidden"' in show("{% fields form %}", Sample())


def test_what_was_typed_is_kept() -> None:
    assert 'value="Leila"' in show("{% fields form %}", Sample({"name": "Leila"}))


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["9" * 20, "-" + "9" * 30, "9" * 5000, "x", "7"])
def test_several_of_what_is_not_there_are_refused(sent: str) -> None:
    field = SeveralField(get_user_model().objects.all())
    with pytest.raises(forms.ValidationError) as refused:
        field.clean([sent])
    assert refused.value.code in ("invalid_choice", "invalid_pk_value")
