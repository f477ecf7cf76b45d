"""What is wrong, doubtful or untidy in a language pack, with its place in the file.

``shape`` what a pack may hold · ``grammar_options`` its options, ``frame_keys`` the keys of its frames, both read off the engine ·
``file`` a pack with positions · ``check`` what a check is · ``keys``, ``frames``, ``words``, ``sentences``, ``form`` the checks ·
``table`` all of them · ``pages`` the page of each code · ``run`` linting.
"""
