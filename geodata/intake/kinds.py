"""Words for kinds and states of events in other people's files, to ids of the theatre's own tables."""

from __future__ import annotations

from geodata.intake.names import plain

KINDS: dict[str, str] = {
    "exercise": "exercises|drill|drills|military exercise|military exercises|war game|maneuvers|manoeuvres|учение|учения|маневры|военные учения|"
                "тренировка",
    "summit": "summit meeting|саммит|встреча глав государств",
    "statement": "declaration|communique|speech|remarks|заявление|декларация|коммюнике|выступление",
    "talks": "negotiations|meeting|consultations|agreement|переговоры|встреча|консультации|соглашение",
    "visit": "trip|visits|визит|поездка", "ministerial": "ministerial|meeting of ministers|встреча министров|совещание министров|совет министров",
    "deployment": "deployments|troop deployment|reinforcement|переброска|развертывание|размещение войск|усиление",
    "withdrawal": "pullout|troop withdrawal|вывод|вывод войск", "evacuation": "evacuations|эвакуация",
    "operation": "raid|special operation|операция|спецоперация|рейд",
    "attack": "attacks|assault|clash|clashes|shelling|bombing|battle|battles|armed clash|explosion|airstrike|strike|violence|нападение|атака|"
              "обстрел|бой|бои|"
              "столкновение|столкновения|взрыв|теракт|удар|перестрелка|violence against civilians|explosions remote violence",
    "sanction": "sanctions|санкции", "treaty": "treaties|pact|договор|пакт", "decision": "resolution|решение|резолюция|постановление",
    "territorial_control": "capture|seizure|taking of territory|захват|контроль|"
                           "взятие", "government_change": "coup|change of government|переворот|смена власти",
    "chairmanship": "chair|"
                    "председательство", "accession_decision": "accession|вступление|присоединение", "emergency_session": "extraordinary session|"
    "внеочередное заседание|экстренное заседание", "mention": "упоминание", "other": "misc|miscellaneous|другое|прочее|иное|unknown|na|n a",
}  # fmt: skip
STATUSES: dict[str, str] = {
    "planned": "plan|scheduled|запланировано|планируется|план|"
               "плановый", "announced": "объявлено|анонсировано", "ongoing": "in progress|under way|current|идет|"
    "продолжается|в процессе", "held": "done|completed|complete|finished|took place|happened|confirmed|conducted|состоялось|проведено|завершено|"
                                       "прошло|произошло",
    "cancelled": "canceled|called off|отменено|отменен|отмена", "reported": "claimed|unconfirmed|сообщается|сообщено",
}  # fmt: skip


def _turned(words: dict[str, str]) -> dict[str, str]:
    return {plain(word): name for name, more in words.items() for word in (name, *more.split("|"))}


def kinds_known(ids: list[str], names: list[str], plurals: list[str]) -> dict[str, str]:
    """Plain word -> id, for the kinds a theatre has: its own names first."""
    known = {word: name for word, name in _turned(KINDS).items() if name in ids}
    for words in (plurals, names, ids):
        known |= {plain(word): name for word, name in zip(words, ids, strict=True) if word}
    return known


STATUSES_KNOWN = _turned(STATUSES)
