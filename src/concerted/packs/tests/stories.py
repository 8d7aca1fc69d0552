"""Stories as people write them in Twine, in two story formats, for tests of what is taken along."""

SUGARCUBE = """\
:: StoryTitle
The night desk

:: StoryData
{"ifid": "7C9E6679-7425-40DE-944B-E07FC1F90AE7", "format": "SugarCube", "start": "Night desk"}

:: StoryInit
<<set $calm to 3>>
<<set $hasNumber = false, $asked to 0>>

:: Night desk {"position":"100,100"}
The telephone rings. //A whisper.//

<<if $calm gte 3>>She breathes slowly.<<elseif $calm is 2>>She breathes fast.<<else>>She does not speak.<</if>>

* the lamp
* the list

[[Ask what she needs->Listening][$calm += 1]]
[[Ask where she is|Where][$asked to true; $calm -= 1]]
<<if $calm gt 5 and !$hasNumber>>[[Ring off|Silence]]<</if>>

:: Where
<<set $asked to true>>
"Why?" she says.
<<link "Say why" "Listening">><<set $calm to Math.clamp($calm + 2, 0, 9)>><</link>>
<<link "Say nothing">><<if $asked>><<goto "Silence">><<else>><<goto "Listening">><</if>><</link>>

:: Listening [quiet]
<<set $hasNumber to true>>
She talks for a while.<br>Then a door.
<<audio "door" play>>
<<script>>alert("<<set $calm to 9>>");<</script>>
<<if visited() gt 1>>She has said this before.<</if>>
You hear $calm.
[[Silence]]

:: Silence
The line is dead.

:: Story Script [script]
window.location = "https://example.org/";

:: Never \\[linked\\]
No way leads here.
"""

CHAPBOOK = """\
:: StoryTitle
The front desk

:: StoryData
{"ifid": "1B4E28BA-2FA1-41D2-883F-0016D3CCA427", "format": "Chapbook", "start": "Desk"}

:: Desk
trust: 4
hasKey: false
config.style.page.font: "Georgia"
weather: random.fraction
--
A woman stands there. *Her coat is wet.*

[if trust > 3]
She looks at you.

[else]
She looks at the floor.

[continue]
She waits. {trust} of ten.

> [[Offer a chair->Chair]]
> [[Ask her name->Name]]

[JavaScript]
window.location = "/";

:: Chair
trust: trust + 1
hasKey (trust > 5): true
--
She sits.

[unless hasKey]
[[Go on->Name]]

[if trust > 2 && hasKey]
[[Give the key->Name]]

[after 1 second]
Steps.

[[Leave->Name]]

:: Name
"No name," she says.
"""
