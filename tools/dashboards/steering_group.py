"""What the network's steering group asks once a month. Plain words, Danish first;
only counts of five and more, and totals of what is shown, so that nobody is
recognised by being few."""

import names
from board import bars, board, number, query, table, thresholds, words

FEWEST = 5
ALL = 'job=~"frikommune-.+"'


def counted(metric, by, more=""):
    """How often in the time shown, where it is often enough to be shown."""
    return f"(round(sum by ({by}) (increase({metric}{{{ALL}{more}}}[$__range]))) >= {FEWEST})"


NOT_OBTAINED = counted("frikommune_certificates_not_obtained_total", "municipality")


def saved(kind):
    """Kroner, where there are enough certificates behind them."""
    return ("(round(sum by (municipality) (increase(frikommune_savings_kroner_total"
            f'{{{ALL},kind="{kind}"}}[$__range]))) and on (municipality) {NOT_OBTAINED})')


USES = counted("frikommune_experiment_uses_total", "experiment, municipality")
EXEMPT = counted("frikommune_decisions_total", "municipality",
                 ',service="rehab",outcome=~"EXEMPT|EXTEND_WITHOUT_TEAM"')
WAITING = f"(sum by (municipality) (max by (job, municipality) (frikommune_reviews_pending{{{ALL}}})) >= {FEWEST})"


STATUS = {
    "due": "forfalder · due", "upcoming": "kommende · upcoming", "done": "holdt · held",
    "overdue": "overskredet · overdue", "exempt": "fritaget · exempt",
    "not_required": "ikke krævet · not required", "undecided": "uafklaret · undecided",
}
PLACES = {"free": "ledige · free", "taken": "optagne · taken"}


def _mapping(texts):
    return [{"type": "value", "options": {
        value: {"index": place, "text": text} for place, (value, text) in enumerate(texts.items())}}]


def _named(panel, texts):
    """Names the series of a panel otherwise than their labels do."""
    for label, name in texts.items():
        panel["fieldConfig"]["overrides"].append({
            "matcher": {"id": "byName", "options": label},
            "properties": [{"id": "displayName", "value": name}],
        })
    return panel


def total(title, description, expr, unit, decimals=0):
    return number(title, description, [query(expr, "i alt", instant=True)], unit,
                  width=6, decimals=decimals)


def by_municipality(title, description, expr, unit, width=12, height=9):
    panel = bars(title, description, [query(expr, "{{municipality}}", instant=True)],
                 unit, width=width, height=height, decimals=0)
    return _named(panel, names.municipalities())


def make():
    kept = (f"1 - sum(sum_over_time(job:slo_availability_bad:rate5m{{{ALL}}}[$__range])) / "
            f"sum(sum_over_time(job:slo_availability_events:rate5m{{{ALL}}}[$__range]))")
    return board(
        "frikommune-steering", "Frikommune: styregruppen · steering group",
        "Once a month: use of the experiments, certificates and kroner saved, timeliness, reviews.",
        [
            ("", [
                words("Sådan læses siden · How to read this",
                      "Tallene gælder den viste periode, som er den seneste hele måned. Tal under 5 vises ikke, og summer er summer af "
                      "det viste. De er aflæst og afrundet; de nøjagtige står i journalen. *The figures are of the time shown, which is the last whole month. Counts below 5 are not shown, and "
                      "totals are totals of what is shown. They are read and rounded; the exact ones are in the ledger.*"),
            ]),
            ("I alt · In all", [
                number("Tjenesten svarede · The service answered",
                       "Andelen af opkald, som vi ikke selv fejlede. Løftet er 99,9 %. · The share of calls that we did not fail; 99.9 % is promised.",
                       [query(kept, "i alt", instant=True)], "percentunit", width=6, decimals=2,
                       steps=thresholds(("red", None), ("green", 0.999))),
                total("Anvendelser · Uses", "Endelige afgørelser, der bruger et forsøg, og møder, der er bedømt efter det. · Final decisions that use an experiment, and meetings judged by it.",
                      f"sum({USES})", "locale"),
                total("Attester ikke indhentet · Certificates not obtained",
                      "Lægeattester, som ordinær lov krævede, og som ikke blev indhentet. · Medical certificates that ordinary law asked for and that were not obtained.",
                      f"sum({NOT_OBTAINED})", "locale"),
                total("Kroner sparet, netto · Kroner saved, net",
                      "Honorarer for attesterne, mindre hvad der trådte i stedet. · Fees for those certificates, less what took their place.",
                      f"sum({saved('net')})", "currencyDKK"),
            ]),
            ("Forsøgene · The experiments", [
                table("Anvendelser af hvert forsøg · Uses of each experiment",
                      "Endelige afgørelser, der bruger forsøget, og møder, der er bedømt efter det. · Final decisions that use the experiment, and meetings judged by it.",
                      USES, {"municipality": "Kommune", "experiment": "Forsøg", "Value": "Anvendelser"},
                      height=12, decimals=0,
                      mappings={"municipality": _mapping(names.municipalities()),
                                "experiment": _mapping(names.experiments())}),
                by_municipality("Attester efter kommune · Certificates by municipality",
                                "Lægeattester, der ikke blev indhentet. · Medical certificates that were not obtained.", NOT_OBTAINED, "locale", height=12),
                by_municipality("Brutto efter kommune · Gross by municipality",
                                "Kroner i honorarer for attester, der ikke blev indhentet. · Kroner in fees for certificates that were not obtained.",
                                saved("gross"), "currencyDKK"),
                by_municipality("Netto efter kommune · Net by municipality",
                                "Brutto, mindre hvad der trådte i stedet. · Gross, less what took their place.",
                                saved("net"), "currencyDKK"),
                by_municipality("Sager undtaget fra teamet · Cases exempt from the team",
                                "Sager, som efter forsøget ikke skal forelægges rehabiliteringsteamet. · Cases that need not go before the rehabilitation team.",
                                EXEMPT, "locale", width=24),
            ]),
            ("Til tiden · In time", [
                table("Pligter i planer · Duties in plans",
                      "Pligter efter status i de planer, der blev spurgt om; en plan, der spørges om to gange, tæller to gange. · Duties by status in the plans asked for; a plan asked for twice counts twice.",
                      counted("frikommune_duties_total", "status"), {"status": "Status", "Value": "Pligter"}, width=8, height=9, decimals=0,
                      mappings={"status": _mapping(STATUS)}),
                by_municipality("Overskredne pligter · Duties overdue",
                                "Overskredne pligter i de planer, der blev spurgt om. · Overdue duties in the plans asked for.",
                                counted("frikommune_duties_total", "municipality", ',status="overdue"'), "locale", width=8),
                _named(bars("Pladser hos teamet · Places before the team",
                            "Ledige og optagne pladser på kommende mødedage. · Free and taken places on coming meeting days.",
                            [query(f"max by (state) (frikommune_agenda_places{{{ALL}}})", "{{state}}", instant=True)],
                            "locale", width=8, decimals=0), PLACES),
                number("Frister, der ikke nås · Deadlines missed",
                       "Sager på dagsordenen, hvis frist ligger før deres mødedag. · Cases on the agenda whose deadline is before their day.",
                       [query(f"max(frikommune_agenda_missed_deadlines{{{ALL}}})", "i alt", instant=True)], "locale", width=8, decimals=0),
                number("Overbookede dage · Overbooked days",
                       "Mødedage med flere sager end pladser. Skal være 0. · Meeting days with more cases than places. Must be 0.",
                       [query(f"max(frikommune_agenda_overbooked{{{ALL}}})", "i alt", instant=True)], "locale", width=8, decimals=0,
                       steps=thresholds(("green", None), ("red", 1))),
                number("Tallene er fra · The figures are from",
                       "Hvornår tjenesten sidst blev aflæst. · When the service was last read.",
                       [query(f"1000 * max(timestamp(up{{{ALL}}} == 1))", "aflæst", instant=True)], "dateTimeAsIso", width=8),
            ]),
            ("Ledelsens gennemgang · Reviews", [
                by_municipality("Afventer gennemgang · Reviews pending",
                                "Afgørelser, der venter på en leders gennemgang eller en bekræftelse. · Decisions that wait for a leader's review or a confirmation.",
                                WAITING, "locale"),
                by_municipality("Ældste har ventet · The oldest has waited",
                                "Hvor længe den ældste har ventet, hvor mindst 5 venter. · How long the oldest has waited, where at least 5 wait.",
                                f"max by (municipality) (frikommune_reviews_oldest_pending_seconds{{{ALL}}}) and on (municipality) {WAITING}", "s"),
            ]),
        ],
        [], refresh="1h", since="now-1M/M", until="now-1M/M")
