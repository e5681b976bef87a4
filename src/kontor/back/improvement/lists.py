"""The ranked list of problems and wishes."""

from django.utils.translation import gettext_lazy as _

from kontor.back.improvement import queries
from kontor.back.improvement.wording import HARM_TONES, HARMS, KINDS, STATE_TONES, STATES
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Choice, Column, Listing, Tab

PROBLEMS = Listing(
    page="improvement",
    title=_("Problems and wishes"),
    eyebrow=_("Product Conception"),
    right="improvement.read",
    rows=queries.problem_rows,
    columns=(
        Column(key="title", label=_("Problem or wish"), kind="link", is_wide=True),
        Column(key="number", label=_("Number"), is_extra=True),
        Column(key="kind", label=_("Kind"), words=KINDS, is_extra=True),
        Column(key="state", label=_("Step"), kind="pill", words=STATES, tones=STATE_TONES),
        Column(
            key="harm",
            label=_("Harm"),
            value=lambda row: str(row["harm"]),
            kind="pill",
            words={str(harm): words for harm, words in HARMS.items()},
            tones={str(harm): tone for harm, tone in HARM_TONES.items()},
        ),
        Column(key="score", label=_("Rank"), kind="quantity", sort="rank", says_label=True),
        Column(key="voices", label=_("Voices, 90 days"), kind="quantity", says_label=True),
        Column(key="signals", label=_("Signals"), kind="quantity", is_extra=True),
        Column(key="affected_amount", label=_("Affected"), kind="money", says_label=True),
        Column(key="owner_name", label=_("Who looks after it"), is_extra=True),
        Column(
            key="due_at",
            label=_("Due"),
            kind="day",
            value=lambda row: queries.last_day(row["due_at"]),
            says_label=True,
        ),
        Column(key="opened_at", label=_("Since"), kind="day", sort="opened", is_extra=True),
    ),
    sorts={"rank": "score", "opened": "opened_at"},
    default_sort="-rank",
    url=row_url("improvement:problem", "number"),
    search=queries.by_words,
    search_label=_("Number or words"),
    filters=(
        Choice(
            key="need",
            label=_("Asks for somebody"),
            choices=(
                ("open", _("Open")),
                ("danger", _("Danger to people")),
                ("late", _("Overdue")),
                ("again", _("Come again")),
            ),
            narrow=queries.by_need,
        ),
        Choice(key="state", label=_("Step"), choices=tuple(STATES.items()), field="state"),
        Choice(key="kind", label=_("Kind"), choices=tuple(KINDS.items()), field="kind"),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("Open"), query="need=open", count="open"),
        Tab(label=_("Danger"), query="need=danger", count="danger"),
        Tab(label=_("Overdue"), query="need=late", count="late"),
        Tab(label=_("Come again"), query="need=again", count="again"),
    ),
    counts=queries.tab_counts,
    empty_title=_("No problems and wishes yet"),
    empty_text=_(
        "Signals of customers are grouped under “Suggestions”. Make a problem of those that look alike."
    ),
    empty_icon="lightbulb",
    template="improvement/problems.html",
)
