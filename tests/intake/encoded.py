"""Tables in languages beyond ASCII as people write them, and the one-byte encodings each is written in."""

from __future__ import annotations

RUSSIAN = ("cp1251", "koi8_r", "cp866")
HEAD = "Название;Дата;Место;Страна"
CAPS = "НАЗВАНИЕ;ДАТА;МЕСТО;СТРАНА"
ENGLISH = "Title;Date;Place;Country"
PLAIN = "Talks on water;2021-09-01;Kulob;TJK"

TABLES = {
    "lower": f"{HEAD.lower()}\nсовещание министров обороны;16.09.2021;душанбе;таджикистан",
    "title": f"{HEAD}\nСовещание министров обороны;16.09.2021;Душанбе;Таджикистан",
    "capitals": f"{CAPS}\nСОВЕЩАНИЕ МИНИСТРОВ ОБОРОНЫ;16.09.2021;ДУШАНБЕ;ТАДЖИКИСТАН",
    "capital header": f"{CAPS}\nВстреча глав государств;16.09.2021;Душанбе;Таджикистан",
    "capital header over English": "НАЗВАНИЕ;ДАТА;МЕСТО\nTalks on water;2021-09-01;Kulob",
    "capital country": f"{CAPS}\n" + "\n".join(f"Talk {n};2021-09-0{n};Kulob;ТАДЖИКИСТАН" for n in range(1, 7)),
    "one word of capitals": f"{ENGLISH}\n{PLAIN}\nУЧЕНИЯ;2021-09-16;Dushanbe;TJK",
    "an abbreviation and a word": f"{ENGLISH}\nУчения ОДКБ;2021-09-16;Dushanbe;TJK\n{PLAIN}",
    "abbreviations": f"{ENGLISH}\nОДКБ;2021-09-16;ГБАО;РТ\nШОС;2021-09-17;ГБАО;РФ\nМЧС;2021-09-18;РРП;РТ",
    "one abbreviation": f"{ENGLISH}\n{PLAIN}\nDrill;2021-09-16;ГБАО;TJK",
    "two letters": f"{ENGLISH}\nDrill;2021-09-16;Dushanbe;РТ",
    "an abbreviation in a sentence": f"{ENGLISH}\nСаммит глав МИД стран ЦА в ГБАО;2021-09-16;Хорог;РТ",
    "quoted": f"{HEAD}\nУчения «Рубеж-2021»: удар по условному противнику;16.09.2021;Полигон «Харбмайдон»;Таджикистан",
    "initials": f"{HEAD}\nЗаявление С. В. Лаврова и Э. Ш. Рахмона;16.09.2021;г. Душанбе;Таджикистан",
    "signs": f"{ENGLISH}\nObject № 201, 5 km;2021-09-16;Кургонтеппа;TJK",
    "shouting": f"{CAPS}\nУЧЕНИЯ ОДКБ В ГБАО;16.09.2021;ХОРОГ;РТ\nСАММИТ ШОС;17.09.2021;ДУШАНБЕ;РТ",
    "hundred rows": HEAD + "".join(f"\nОбстрел заставы {n};16.09.2021;Пяндж;Таджикистан" for n in range(100)),
    "hundred rows of capitals": CAPS + "".join(f"\nОБСТРЕЛ ЗАСТАВЫ {n};16.09.2021;ПЯНДЖ;ТАДЖИКИСТАН" for n in range(100)),
    "hundred rows of English": ENGLISH + "".join(f"\nTalk {n};16.09.2021;Душанбе;TJK" for n in range(100)),
    "Tajik": f"{HEAD}\nВохурии вазирони мудофиа;16.09.2021;Душанбе;Точикистон\nМашки якчояи низоми;17.09.2021;Хоруг;Точикистон",
    "Tajik with letters lost": f"{HEAD}\nТамрини ?амкори?ои низом?;16.09.2021;Хату?а;То?икистон",
    "Ukrainian names": f"{HEAD}\nПеремовини щодо безпеки;16.09.2021;Запорожжя;Таджикистан",
    "long": f"{HEAD}\nПодъёмы ёмкостей объявлены въездом, съезжающим с горы;16.09.2021;Шуроабад;Таджикистан",
}
"""name, table"""

SHORT = {"one abbreviation", "two letters", "abbreviations", "signs", "one word of capitals", "hundred rows of English"}
"""tables of so few letters that a guess may be wrong, which must be said"""

LATIN = {
    "French": ("Titre;Date;Lieu;Pays\nRéunion numéro à Genève;16.09.2021;Genève;Suisse", ("cp1252", "cp850", "mac_roman")),
    "French capitals": ("Titre;Date;Lieu;Pays\nRÉUNION DES MINISTRES À GENÈVE;16.09.2021;GENÈVE;SUISSE", ("cp1252", "cp850", "mac_roman")),
    "French signs": ("Titre;Date;Lieu;Pays\nL’été à «Besançon» – où ça s’est passé;16.09.2021;Besançon;France", ("cp1252",)),
    "German": ("Titel;Datum;Ort;Land\nÜbung größerer Verbände in Köln;16.09.2021;Köln;Österreich", ("cp1252", "cp850", "iso8859_2", "mac_roman")),
    "Spanish": ("Title;Date;Place;Country\nReunión del año en la capital;16.09.2021;Logroño;España", ("cp1252", "cp850")),
    "Portuguese": ("Title;Date;Place;Country\nReunião de cooperação e informações;16.09.2021;São Paulo;Brasil", ("cp1252", "cp850")),
    "Polish": ("Title;Date;Place;Country\nĆwiczenia wojskowe, łączność i żołnierze;16.09.2021;Łódź;Poland", ("cp1250", "iso8859_2", "cp852")),
    "Czech": ("Title;Date;Place;Country\nCvičení jednotek při hranici, větší část;16.09.2021;Plzeň;Česko", ("cp1250", "iso8859_2", "cp852")),
    "Hungarian": ("Title;Date;Place;Country\nGyőri tűzoltók és őrség között;16.09.2021;Győr;Magyarország", ("cp1250", "iso8859_2", "cp852")),
    "Turkish": ("Title;Date;Place;Country\nİstanbul görüşmesi, sığınmacılar;16.09.2021;İstanbul;Türkiye", ("cp1254",)),
    "Persian": ("Title;Date;Place;Country\nنشست سران در دوشنبه;16.09.2021;دوشنبه;TJK", ("cp1256",)),
    "Swedish": ("Title;Date;Place;Country\nÖvning på Åland, fältförsök;16.09.2021;Malmö;Sverige", ("cp1252", "cp850")),
    "one accent": ("Title;Date;Place;Country\nCafé talks;16.09.2021;Dushanbe;TJK", ("cp1252",)),
    "one name": ("Title;Date;Place;Country\nTalks with Müller;16.09.2021;Dushanbe;TJK", ("cp1252",)),
    "dash": ("Title;Date;Place;Country\nTalks – the first round’s end;16.09.2021;Dushanbe;TJK", ("cp1252",)),
}
"""name, table and its encodings"""

ENCODED = [(name, text, encoding) for name, text in TABLES.items() for encoding in (*RUSSIAN, "mac_cyrillic", "iso8859_5")
           if text == text.encode(encoding, "ignore").decode(encoding)]  # fmt: skip
ENCODED += [(name, text, encoding) for name, (text, encodings) in LATIN.items() for encoding in encodings]
"""every table in every encoding that has its letters"""
