"""Provinces of the countries around by the names they are given, and the ring around one."""

from __future__ import annotations

from functools import cache

import numpy as np

from geodata.geodesy import centre, distance_km
from geodata.intake.landmarks import Match, key
from geodata.intake.wording import PROVINCE

ALSO = {
    "Gorno-Badakhshan": "gbao|gorno-badakhshan autonomous|mountainous badakhshan|mountainous badakhshan autonomous|kuhistoni badakhshon|гбао|вмкб|"
                        "горно-бадахшанская|горно-бадахшанская автономная|кӯҳистони бадахшон",
    "Khatlon": "хатлон|хатлонская", "Sughd": "sogd|soghd|согд|согдийская|суғд", "Districts of Republican Subordination": "drs|ррп|нтҷ",
    "Batken": "баткен|баткенская", "Chuy": "chui|чуй|чуйская", "Jalal-Abad": "джалал-абад|джалал-абадская|жалал-абадская",
    "Naryn": "нарын|нарынская", "Osh": "ошская", "Talas": "талас|таласская", "Issyk-Kul": "иссык-куль|иссык-кульская",
    "Andijan": "андижан|андижанская", "Bukhara": "бухара|бухарская", "Fergana": "фергана|ферганская", "Jizzakh": "джизак|джизакская",
    "Namangan": "наманган|наманганская", "Navoi": "навои|навоийская", "Kashkadarya": "кашкадарья|кашкадарьинская",
    "Samarkand": "самарканд|самаркандская", "Sirdaryo": "syrdarya|сырдарья|сырдарьинская", "Khorezm": "хорезм|хорезмская",
    "Surkhandarya": "surxondaryo|surkhondaryo|сурхандарья|сурхандарьинская", "Tashkent": "ташкентская",
    "Badakhshan": "بدخشان|бадахшан", "Balkh": "بلخ|балх", "Baghlan": "بغلان|баглан", "Kunduz": "کندز|قندوز|кундуз", "Takhar": "تخار|тахар",
    "Herat": "هرات|герат", "Kabul": "کابل|кабул", "Kandahar": "قندهار|кандагар", "Helmand": "هلمند|гильменд", "Nangarhar": "ننگرهار|нангархар",
    "Panjshir": "پنجشیر|панджшер|панджшир", "Parwan": "پروان|парван", "Faryab": "فاریاب|фарьяб", "Jowzjan": "جوزجان|джаузджан",
    "Samangan": "سمنگان|саманган", "Badghis": "بادغیس|бадгис", "Farah": "فراه|фарах", "Nimroz": "نیمروز|нимроз", "Nuristan": "نورستان|нуристан",
    "Kunar": "کنر|кунар", "Ghazni": "غزنی|газни", "Bamyan": "بامیان|бамиан", "Sar-e Pul": "سرپل|сари-пуль", "Khost": "خوست|хост",
    "Logar": "لوگر|логар", "Paktia": "پکتیا|пактия", "Paktika": "پکتیکا|пактика", "Zabul": "زابل|забуль", "Laghman": "لغمان|лагман",
    "Daykundi": "دایکندی|дайкунди", "Ghor": "غور", "Kapisa": "کاپیسا|каписа", "Uruzgan": "ارزگان|روزگان|oruzgan|урузган",
    "Maidan Wardak": "میدان وردک|وردک|wardak|maydan wardak|майдан-вардак|вардак",
    "Karakalpakstan": "qoraqalpog‘iston|қорақалпоғистон|каракалпакстан|republic of karakalpakstan",
    "Ahal": "ахал|ахалский", "Balkan": "балкан|балканский", "Daşoguz": "dashoguz|dashhowuz|дашогуз|дашогузский", "Lebap": "лебап|лебапский",
    "Mary": "мары|марыйский", "Xinjiang": "xinjiang uygur|xinjiang uyghur|синьцзян|синьцзян-уйгурская|新疆", "Tibet": "xizang|тибет|тибетская|西藏",
    "Akmola": "акмолинская|ақмола", "Aktobe": "актюбинская|ақтөбе", "Almaty Region": "алматинская", "Atyrau": "атырауская|атырау",
    "Karaganda": "карагандинская|қарағанды", "Kostanay": "костанайская|қостанай", "Kyzylorda": "кызылординская|қызылорда",
    "Mangystau": "мангистауская|маңғыстау", "Pavlodar": "павлодарская|павлодар", "North Kazakhstan": "северо-казахстанская|солтүстік қазақстан",
    "East Kazakhstan": "восточно-казахстанская|шығыс қазақстан", "West Kazakhstan": "западно-казахстанская|батыс қазақстан",
    "Turkistan": "turkestan|туркестанская|түркістан|south kazakhstan|южно-казахстанская", "Jambyl": "zhambyl|жамбылская|жамбыл|джамбульская",
    "Balochistan": "baluchistan|بلوچستان|белуджистан", "Islamabad": "اسلام آباد|исламабад", "Punjab": "پنجاب|пенджаб", "Sindh": "sind|سندھ|синд",
    "Khyber Pakhtunkhwa": "kp|kpk|khyber pakhtoonkhwa|nwfp|north-west frontier|خیبر پختونخوا|хайбер-пахтунхва",
    "Razavi Khorasan": "khorasan razavi|khorasan-e razavi|خراسان رضوی|хорасан-резави",
    "North Khorasan": "khorasan-e shomali|خراسان شمالی|северный хорасан",
    "South Khorasan": "khorasan-e jonubi|خراسان جنوبی|южный хорасан",
    "Sistan and Baluchestan": "sistan-baluchestan|sistan-baluchistan|sistan and baluchistan|sistan va baluchestan|"
                              "سیستان و بلوچستان|систан и белуджистан",
    "East Azerbaijan": "آذربایجان شرقی|восточный азербайджан", "West Azerbaijan": "آذربایجان غربی|западный азербайджан",
    "Markazi": "مرکزی", "Gilan": "گیلان|гилян", "Mazandaran": "مازندران|мазендеран", "Kermanshah": "کرمانشاه|керманшах",
    "Khuzestan": "خوزستان|хузестан",
    "Fars": "فارس|фарс", "Kerman": "کرمان|керман", "Isfahan": "esfahan|اصفهان|исфахан", "Kurdistan": "kordestan|کردستان|курдистан",
    "Hamadan": "همدان|хамадан", "Chaharmahal and Bakhtiari": "چهارمحال و بختیاری|чехармехаль и бахтиария", "Lorestan": "لرستان|лурестан",
    "Ilam": "ایلام|илам", "Kohgiluyeh and Boyer-Ahmad": "کهگیلویه و بویراحمد|кохгилуйе и бойерахмед", "Bushehr": "بوشهر|бушир",
    "Zanjan": "زنجان|зенджан",
    "Semnan": "سمنان|семнан", "Yazd": "یزد|йезд", "Hormozgan": "هرمزگان|хормозган", "Tehran": "تهران|тегеран", "Ardabil": "اردبیل|ардебиль",
    "Qom": "قم|кум", "Qazvin": "قزوین|казвин", "Golestan": "گلستان|голестан", "Alborz": "البرز|альборз",
}  # fmt: skip
"""other names of provinces, those in Russian without the word for province"""


@cache
def _outlines() -> dict[str, list[tuple[str, str, object]]]:
    """Name, code of the country and outline by key of any name."""
    from geodata.atlas import shape

    frame = shape("admin1")
    found: dict[str, list[tuple[str, str, object]]] = {}
    for name, country, outline in zip(frame["name"], frame["country"], frame.geometry, strict=True):
        for spelled in {key(name), *(key(other) for other in ALSO.get(name, "").split("|") if other)}:
            found.setdefault(spelled, []).append((name, country, outline))
    return found


def named(name: str, country: str) -> list[tuple[str, str, object]]:
    """Name, country and outline of every province of a name; in any country if none is given."""
    told = PROVINCE.fullmatch(name)
    found = _outlines().get(key(name)) or _outlines().get(key(told[1] or told[2]) if told else "", [])
    return [province for province in found if not country or province[1] == country]


def said(name: str, country: str) -> list[Match]:
    """The ring around a province, when the words say that one is meant."""
    return [_around(*province) for province in named(name, country)] if PROVINCE.fullmatch(name) else []


def alone(name: str, country: str) -> list[Match]:
    """The ring around a province whose bare name is given: it may be meant."""
    return [_around(*province) for province in named(name, country)]


def _around(name: str, country: str, shape) -> Match:
    lon, lat = centre(shape)
    corners = np.array(shape.envelope.exterior.coords)
    radius = max(distance_km(lon, lat, x, y) for x, y in corners)
    return Match(f"province {name}, {country}", f"{name} province, {country} (Natural Earth)", country, "district", lat, lon, "", round(radius))
