package io.inferometer.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The scripts of bash and zsh: a table of what is offered, which both can read, and a function that looks into it. */
final class ShellFunctions {
    private static final String HEAD = """
            # Completes the words of the command inferometer in %1$s. Written by: inferometer completion %1$s

            # What is offered: of a subcommand "-" for its options, the name of one for its values, "operands" for the rest.
            _inferometer_offers() {
              offered=() files=
              case "$1 $2" in
            %2$s    *) return 1 ;;
              esac
            }

            """;

    private static final String BASH = """
            _inferometer() {
              local line="${COMP_LINE:0:COMP_POINT}" command='%1$s' option= files= count current before head
              local -a words offered
              read -ra words <<< "$line"
              count=${#words[@]}
              current="${line##*[[:space:]]}"
              [[ -n $current ]] && count=$((count - 1))
              if ((count > 1)); then
                before="${words[count - 1]}"
                case "${words[1]}" in
                  %2$s) command="${words[1]}" ;;
                esac
              fi
              COMPREPLY=()
              if [[ $current == -*=* ]]; then
                option="${current%%%%=*}" current="${current#*=}"
                _inferometer_offers "$command" "$option" || return
              elif [[ $before == -* ]] && _inferometer_offers "$command" "$before"; then
                :
              elif [[ $current == -* ]]; then
                _inferometer_offers "$command" -
              else
                _inferometer_offers "$command" operands
                ((count == 1)) && offered+=(%3$s)
              fi
              if [[ -n $files ]]; then
                type compopt &> /dev/null && compopt -o filenames
                local IFS=$'\\n'
                COMPREPLY=($(compgen -f -- "$current"))
                return
              fi
              COMPREPLY=($(compgen -W "${offered[*]}" -- "$current"))
              # Readline replaces what stands behind the last sign at which it breaks words.
              head="${current%%"${current##*[=:]}"}"
              COMPREPLY=("${COMPREPLY[@]#"$head"}")
              if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
                type compopt &> /dev/null && compopt -o nospace
              fi
            }

            complete -F _inferometer inferometer
            """;

    private static final String ZSH = """
            _inferometer() {
              local command='%1$s' option= files=
              local -a offered
              if ((CURRENT > 2)); then
                case "${words[2]}" in
                  %2$s) command="${words[2]}" ;;
                esac
                option="${words[CURRENT-1]}"
              fi
              if [[ $PREFIX == -*=* ]]; then
                option="${PREFIX%%%%=*}"
                compset -P 1 '*='
                _inferometer_offers "$command" "$option" || return
              elif [[ $option == -* ]] && _inferometer_offers "$command" "$option"; then
                :
              elif [[ $PREFIX == -* ]]; then
                _inferometer_offers "$command" -
              else
                _inferometer_offers "$command" operands
                ((CURRENT == 2)) && offered+=(%3$s)
              fi
              if [[ -n $files ]]; then
                _files
                return
              fi
              compadd -S '' -- ${(M)offered:#*=}
              compadd -- ${offered:#*=}
            }

            if [[ ${funcstack[1]} == _inferometer ]]; then
              _inferometer "$@"
            else
              compdef _inferometer inferometer
            fi
            """;

    private ShellFunctions() {}

    static String bash(List<OfferedCommand> commands) {
        return HEAD.formatted("bash", table(commands)) + filled(BASH, commands);
    }

    static String zsh(List<OfferedCommand> commands) {
        return "#compdef inferometer\n" + HEAD.formatted("zsh", table(commands)) + filled(ZSH, commands);
    }

    private static String filled(String script, List<OfferedCommand> commands) {
        List<String> names = commands.stream().map(OfferedCommand::name).toList();
        return script.formatted(names.get(0), String.join(" | ", names), String.join(" ", names));
    }

    private static String table(List<OfferedCommand> commands) {
        Map<Offer, List<String>> places = new LinkedHashMap<>();
        for (OfferedCommand command : commands) {
            add(places, Offer.of(command.optionNames()), command.name(), "-");
            add(places, command.operands(), command.name(), "operands");
            for (OfferedOption option : command.options()) {
                option.value()
                        .ifPresent(offer -> option.names().forEach(name -> add(places, offer, command.name(), name)));
            }
        }
        return places.entrySet().stream()
                .map(row -> "    " + String.join(" | ", row.getValue()) + ") " + assignment(row.getKey()) + " ;;\n")
                .collect(Collectors.joining());
    }

    private static void add(Map<Offer, List<String>> places, Offer offer, String command, String what) {
        places.computeIfAbsent(offer, same -> new ArrayList<>()).add(quoted(command + ' ' + what));
    }

    private static String assignment(Offer offer) {
        if (offer.files()) {
            return "files=yes";
        }
        return "offered=(" + offer.words().stream().map(ShellFunctions::quoted).collect(Collectors.joining(" ")) + ")";
    }

    /** A word that both shells read as it is. */
    private static String quoted(String word) {
        return '\'' + word.replace("'", "'\\''") + '\'';
    }
}
