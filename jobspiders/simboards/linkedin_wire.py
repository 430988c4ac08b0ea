"""The markup of LinkedIn's guest pages: a card of a search, a job's fragment and page, the wall."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape
from urllib.parse import quote

from jobspiders.simboards.board import SERIAL
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import Employer, SimPlace, slug
from jobspiders.simboards.pages import DAY, as_html, page

SITE = "https://www.linkedin.com"
NATIONS = {"US": "United States", "CA": "Canada", "GB": "United Kingdom", "FR": "France", "IN": "India"}
SUBDOMAINS = {"US": "www", "GB": "uk"}
SIGNS = {"USD": "$", "CAD": "CA$", "GBP": "£", "EUR": "€", "INR": "₹"}
PERIODS = {"HOUR": "/hr", "MONTH": "/mo", "YEAR": "/yr"}
KINDS = {
    "FULL_TIME": ("Full-time", "Jornada completa"),
    "PART_TIME": ("Part-time", "Media jornada"),
    "CONTRACTOR": ("Contract", "Contrato por obra"),
    "INTERN": ("Internship", "Prácticas"),
}
LEVELS = {
    "ENTRY": ("Entry level", "Sin experiencia"),
    "MID": ("Associate", "Algo de responsabilidad"),
    "SENIOR": ("Mid-Senior level", "Intermedio"),
    "LEAD": ("Not Applicable", "No corresponde"),
    "MANAGER": ("Director", "Director"),
}
LABELS = (
    ("Seniority level", "Nivel de antigüedad"),
    ("Employment type", "Tipo de empleo"),
    ("Job function", "Función laboral"),
    ("Industries", "Sectores"),
)
UNITS = (
    (timedelta(days=30), ("month", "months"), ("mes", "meses")),
    (timedelta(days=7), ("week", "weeks"), ("semana", "semanas")),
    (DAY, ("day", "days"), ("día", "días")),
    (timedelta(hours=1), ("hour", "hours"), ("hora", "horas")),
)
CLOSED = (
    '<figure class="closed-job closed-job__flavor topcard__flavor-row"><span class="closed-job__icon"></span>'
    '<figcaption class="closed-job__flavor--closed">No longer accepting applications</figcaption></figure>'
)


def location(place: SimPlace) -> str:
    """The place as the board words it: "Austin, TX" at home, three parts abroad."""
    if place.country == "US":
        return f"{place.city}, {place.code}"
    return f"{place.city}, {place.region}, {NATIONS[place.country]}"


def salary(job: SimJob) -> str | None:
    """The salary as the board words it."""
    if job.pay is None:
        return None
    sign, period = SIGNS[job.pay.currency], PERIODS[job.pay.period]
    ends = [f"{sign}{figure:,}.00{period}" for figure in (job.pay.minimum, job.pay.maximum) if figure]
    return " - ".join(ends)


def age(since: timedelta, *, spanish: bool = False) -> str:
    """A span as the board words it."""
    for unit, english, local in UNITS:
        if count := since // unit:
            names = local if spanish else english
            word = f"{count} {names[count > 1]}"
            return f"Hace {word}" if spanish else f"{word} ago"
    return "Hace 1 minuto" if spanish else "1 minute ago"


def pageless(job: SimJob) -> bool:
    """Whether the employer has no page on the board."""
    return job.lot % 12 == 5


def address(job: SimJob, *, position: int | None = None) -> str:
    """The address of the job's page as a card links to it, on the subdomain of its country."""
    country = job.places[0].country
    host = f"{SUBDOMAINS.get(country, country.lower())}.linkedin.com"
    at = "" if pageless(job) else f"-at-{slug(job.employer_name or '')}"
    tail = f"?position={position}&pageNum=0&refId={SERIAL}&trackingId={SERIAL}" if position else ""
    return f"https://{host}/jobs/view/{slug(job.title)}{at}-{job.id}{tail}"


def company_page(employer: Employer) -> str:
    """The path of the company's page."""
    return f"/company/{employer.slug}"


def logo(job: SimJob) -> str:
    """The company's logo, or a ghost."""
    if job.lot % 7 == 0:
        return "https://static.licdn.com/aero-v1/sc/h/ghost"
    return (
        f"https://media.licdn.com/dms/image/v2/sim/company-logo_100_100/0/{slug(job.employer_name or '')}?e=2147483647"
    )


def card(job: SimJob, position: int, now: datetime, *, spanish: bool) -> str:
    """The job in a search. Of an employer without a page the whole card is one link."""
    since, pay = now - job.posted, salary(job)
    shown = f'<span class="job-search-card__salary-info">\n {pay}\n </span>' if pay and job.lot % 2 else ""
    new = "--new" if since < DAY else ""
    info = (
        f'<div class="search-entity-media"><img class="artdeco-entity-image" data-delayed-url="{logo(job)}" alt></div>'
        f'<div class="base-search-card__info"><h3 class="base-search-card__title">\n   {escape(job.title)}\n  </h3>'
        f'<h4 class="base-search-card__subtitle">\n  {_company(job, "hidden-nested-link")}\n  </h4><!---->'
        f'<div class="base-search-card__metadata"><span class="job-search-card__location">\n  {location(job.places[0])}'
        f'\n  </span>{shown}<div><span class="job-posting-benefits__text">Actively Hiring<!----></span></div>'
        f'<time class="job-search-card__listdate{new}" datetime="{job.posted:%Y-%m-%d}">\n\n  '
        f"{age(since, spanish=spanish)}\n  </time></div></div>"
    )
    kind = 'class="base-card relative base-search-card base-search-card--link job-search-card"'
    urn = f'data-entity-urn="urn:li:jobPosting:{job.id}" data-reference-id="{SERIAL}" data-row="{position}"'
    link, title = (
        f'href="{escape(address(job, position=position))}"',
        f'<span class="sr-only">{escape(job.title)}</span>',
    )
    if pageless(job):
        return f"<li><a {kind} {urn} {link}>{title}{info}</a></li>"
    return f'<li><div {kind} {urn}><a class="base-card__full-link absolute" {link}>{title}</a>{info}</div></li>'


def _company(job: SimJob, kind: str) -> str:
    assert job.employer
    name = escape(job.employer.name)
    return name if pageless(job) else f'<a class="{kind}" href="{SITE}{company_page(job.employer)}?trk=sim">{name}</a>'


def fragment(job: SimJob, now: datetime, *, spanish: bool, whole: bool = False) -> str:
    """What is told of one job, alone or within its page (`whole`), where its title is no link."""
    title = f'class="top-card-layout__title topcard__title">{escape(job.title)}'
    link = f'<a class="topcard__link" href="{address(job)}?trk=public_jobs_topcard-title"><h2 {title}</h2></a>'
    return (
        '<section class="top-card-layout"><div class="top-card-layout__card"><a data-tracking-control-name="logo">'
        f'<img class="artdeco-entity-image--square-5" data-delayed-url="{logo(job)}"></a>'
        f'{f"<h1 {title}</h1>" if whole else link}<h4><div class="topcard__flavor-row">'
        f'<span class="topcard__flavor">\n {_company(job, "topcard__org-name-link")}\n </span>'
        f'<span class="topcard__flavor topcard__flavor--bullet">\n {location(job.places[0])}\n </span></div>'
        f'<div class="topcard__flavor-row"><span class="posted-time-ago__text topcard__flavor--metadata">\n '
        f'{age(now - job.posted, spanish=spanish)}\n </span><span class="num-applicants__caption '
        f'topcard__flavor--metadata topcard__flavor--bullet">\n {SERIAL} applicants\n </span></div></h4>'
        f'{CLOSED if job.closed else ""}</div></section><div class="message-the-recruiter"><img '
        'data-delayed-url="https://media.licdn.com/dms/image/sim/profile-photo"><p>Recruiter Placeholder</p></div>'
        f'{_pay(job)}<div class="decorated-job-posting__details"><section class="show-more-less-html">'
        f'<div class="show-more-less-html__markup relative overflow-hidden">{as_html(job)}</div></section>'
        f"{_criteria(job, spanish=spanish)}</div>"
        f'<code id="decoratedJobPostingId" style="display: none"><!--"{job.id}"--></code>{_external(job)}'
    )


def _pay(job: SimJob) -> str:
    pay = salary(job)
    return (
        f'<section class="compensation"><div class="salary compensation__salary">\n {pay}\n </div></section>'
        if pay
        else ""
    )


def _criteria(job: SimJob, *, spanish: bool) -> str:
    """Four criteria as a rule; now and then the first is not there."""
    assert job.employer
    said = (LEVELS[job.level], KINDS[job.employment], (job.trade.role[1],) * 2, (job.employer.industry,) * 2)
    items = [
        f'<li class="description__job-criteria-item"><h3 class="description__job-criteria-subheader">\n '
        f'{label[spanish]}\n </h3><span class="description__job-criteria-text">\n {escape(value[spanish])}</span></li>'
        for label, value in zip(LABELS, said, strict=True)
    ]
    return f'<ul class="description__job-criteria-list">{"".join(items[levelless(job) :])}</ul>'


def levelless(job: SimJob) -> bool:
    """Whether nothing is said of the level."""
    return job.lot % 15 == 4


def applies_at(job: SimJob) -> str | None:
    """The employer's own address to apply at, which is seldom told."""
    return f"{job.employer.website}/jobs/{job.id}?source=x&y=1" if job.employer and job.lot % 4 == 0 else None


def _external(job: SimJob) -> str:
    known = applies_at(job)
    target = f"{SITE}/signup?session={SERIAL}&url={quote(known, safe='')}&trk=x" if known else ""
    return f'<code id="applyUrl" style="display: none"><!--"{target}"--></code>' if known else ""


def head(key: str, language: str, **named: object) -> str:
    """The head of a whole page, which tells by its key what it is."""
    metas = {"pageKey": key, "locale": language, "litmsProfileName": "jobs-guest-frontend", **named}
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in metas.items())


def login_page() -> bytes:
    """Where a visitor is sent who shall sign up."""
    form = '<form action="/uas/login-submit"><input name="session_key"><input name="session_password"></form>'
    return page(f"<h1>Join LinkedIn</h1>{form}", head("auth_wall_desktop_jserp", "en_US"))
