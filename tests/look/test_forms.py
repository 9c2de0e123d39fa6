"""The forms: summary, title, confirmation of a doubtful number, repeatable rows."""

from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.test import RequestFactory

from alliances.look import fields, forms


class Project(forms.PortalForm):
    title = fields.PlainTextField(label="Titre du projet", what="le titre du projet", help_text="Il sera publié.")
    amount = fields.MoneyField(label="Montant")
    kind = fields.ChoiceField(
        label="Nature", choices=[("a", "A"), ("b", "B")], widget=fields.forms.RadioSelect, hints={"b": "Selon le cas."}
    )
    note = fields.LongTextField(label="Note", required=False, max_length=500)
    number = fields.NEQField(label="NEQ", required=False)


class Row(forms.PortalForm):
    name = fields.PlainTextField(label="Nom", what="le nom")


class OnModel(forms.PortalModelForm):
    name = fields.PlainTextField(label="Nom", what="le nom")

    class Meta:
        model = Group
        fields = ("name",)


def page(form, **context):
    return render_to_string("look/form.html", {"form": form, **context})


def test_a_refused_form_lists_what_to_correct_with_links():
    form = Project({"title": "", "amount": "12,345.67"})
    assert not form.is_valid()
    html = page(form)
    assert "3 renseignements sont à corriger" in html
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html
    assert 'value="12,345.67"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert form.title_prefix == "3 renseignements à corriger – "


def test_one_refusal_is_singular():
    form = Project({"title": "x", "amount": "1", "kind": "c"})
    assert "1 renseignement est à corriger" in page(form)
    assert form.title_prefix == "1 renseignement à corriger – "


def test_an_untouched_form_says_nothing():
    form = Project()
    html = page(form)
    assert "à corriger" not in html
    assert form.title_prefix == ""
    assert "Tous les champs sont obligatoires" in html
    assert html.count("(facultatif)") == 2
    assert 'class="input' in html
    assert "Selon le cas." in html
    assert "placeholder" not in html
    assert " required" not in html


def test_the_form_itself_may_refuse():
    form = Project({"title": "x", "amount": "1", "kind": "a"})
    form.add_error(None, "Le budget ne balance pas.")
    assert form.error_lines()[0].anchor == ""
    assert "Le budget ne balance pas." in page(form)


def test_a_doubtful_number_is_confirmed():
    data = {"title": "x", "amount": "1", "kind": "a", "number": "1199 0000 11"}
    form = Project(data)
    assert not form.is_valid()
    assert "Je confirme ce numéro" in page(form)
    assert Project({**data, "number-confirmed": "1"}).is_valid()
    assert Project({**data, "number": "1199000010"}).is_valid()


def test_nothing_typed_becomes_markup():
    form = Project({"title": '"><script>alert(1)</script>', "amount": "<b>", "kind": "<i>"})
    assert not form.is_valid()
    html = page(form)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def rows(data=None):
    return forms.rows_of(Row, extra=1, most=3)(data, prefix="r")


def test_a_row_is_added_without_script_and_nothing_is_lost():
    data = {"r-TOTAL_FORMS": "1", "r-INITIAL_FORMS": "0", "r-0-name": "Ville", "r-add": "1"}
    asked = rows(_post(data))
    assert asked.adding
    more = asked.with_one_more()
    assert not more.adding
    assert more.total_form_count() == 2
    html = render_to_string("look/formset.html", {"rows": more, "request": RequestFactory().get("/x/")})
    assert 'value="Ville"' in html
    assert 'name="r-1-name"' in html
    assert 'name="r-add"' in html


def test_rows_stop_at_their_number():
    data = {"r-TOTAL_FORMS": "3", "r-INITIAL_FORMS": "0", "r-add": "1"}
    more = rows(_post(data)).with_one_more()
    assert more.total_form_count() == 3
    assert "r-add" not in render_to_string("look/formset.html", {"rows": more, "request": RequestFactory().get("/x/")})


def test_a_thousand_rows_are_refused():
    data = {"r-TOTAL_FORMS": "100000", "r-INITIAL_FORMS": "0"}
    asked = rows(_post(data))
    assert not asked.is_valid()
    assert any("trop de lignes" in line.text for line in asked.error_lines())


def test_rows_without_their_counter_are_refused():
    asked = rows(_post({"r-0-name": "x"}))
    assert not asked.is_valid()
    assert asked.error_lines()


def test_rows_summary_leads_to_the_row():
    data = {"r-TOTAL_FORMS": "2", "r-INITIAL_FORMS": "0", "r-0-name": "x", "r-1-name": "a\x00"}
    asked = rows(_post(data))
    assert not asked.is_valid()
    assert [line.anchor for line in asked.error_lines()] == ["id_r-1-name"]


def _post(data):
    return RequestFactory().post("/", data).POST


def test_a_form_on_a_model_speaks_the_same_way():
    form = OnModel({"name": "a\x00"}, instance=Group(name="Ancien"))
    assert not form.is_valid()
    assert "caractère invisible" in page(form)
    assert 'value="Ancien"' in page(OnModel(instance=Group(name="Ancien")))
