"""Short and other forms of given names, both ways."""

from __future__ import annotations

__all__ = ["NICKNAMES"]

# The long form first.
_FORMS = """
abraham abe|alexander alex sasha|alexandra alex sasha|alexandre alex|aleksandr alex alexander|alfred fred
andrew andy drew|andreas andy|anthony tony|antonio tony|barbara barb|benjamin ben benny|bernard bernie
catherine cathy cate|charles charlie chuck|christian chris|christina chris tina|christine chris
christoph chris|christopher chris|daniel dan danny|daniela dani|david dave|deborah debbie deb|dimitri dima
dmitry dima|donald don|dorothy dot|douglas doug|edward ed eddie ted|eduard ed|elizabeth liz beth betsy eliza
emmanuel manu|ernest ernie|eugene gene|frances fran|francis frank|francisco paco|frederick fred
gabriel gabe|gerald gerry jerry|gerard gerry|gregory greg|harold harry hal|henry harry hank|ignacio nacho
isaac ike|jacob jake|james jim jimmy jamie|jeffrey jeff|jennifer jenny jen|jeremy jerry|jessica jess
johannes hans|john johnny jack|jonathan jon|joseph joe joey|josephine jo|joshua josh|judith judy
katherine kathy kate katie|kathleen kathy kate|kathryn kathy kate|kenneth ken kenny|konstantin kostya
konstantinos kostas|kristina kris|lawrence larry|leonard leo len lenny|leonardo leo|louis lou
margaret maggie meg peggy|maria mary|martin marty|matthew matt|matthias matt|maximilian max|melissa mel
michael mike mick|michail mikhail misha|michelle shelly|mikhail misha mike|mitchell mitch
mohamed mohammed mohammad muhammad
mohammad mohammed muhammad|mohammed muhammad|nathaniel nate nathan nat|nathan nate|nicholas nick|nicolas nick
nico|nikolaos nikos nick|nikolas nik|oliver ollie|pamela pam|panagiotis panos|patricia pat patty trish
patrick pat|peter pete|philip phil|phillip phil|rachel rae|raymond ray|rebecca becky|richard rick dick rich
robert bob rob bobby|ronald ron|roger rog|russell russ|samantha sam|samuel sam|sebastian seb|sergey sergei
serge|stephen steve steven|steven steve|stephanie steph|stuart stu|susan sue susie|suzanne sue
theodore ted theo|theodoros theo|thomas tom tommy|timothy tim|valentin val|victor vic|victoria vicky
vincent vince|virginia ginny|vladimir vova|walter walt|wilhelm willi|william bill will billy
yevgeny eugene|zachary zach zack
"""

NICKNAMES: dict[str, frozenset[str]] = {}
for _line in _FORMS.replace("\n", "|").split("|"):
    if _line.strip():
        _long, *_short = _line.split()
        NICKNAMES[_long] = NICKNAMES.get(_long, frozenset()) | frozenset(_short)
