"""What loads but is wrong, doubtful or untidy in rule files. Each check is a pure function that yields hits; ``run.lint`` collects.

``check`` what a check is · ``table`` all of them · ``head``, ``law``, ``conditions``, ``exemptions``, ``parties``, ``examples``,
``form`` checks of one file · ``whole``, ``words`` checks of the whole base · ``logic`` which lines exclude or imply each other ·
``allow`` comments that allow an issue · ``pages`` the page of each code · ``fix`` applying fixes · ``github``, ``sarif`` other formats.
"""
