# frikommune_embed_bytes(target folder): compiles the numbered files of a
# folder, NNNN.*, into the target, as the array of {bytes, size} that
# FOLDER_embedded.inc holds.
function(frikommune_embed_bytes target folder)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*)
  list(SORT files)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/${folder}_embedded.inc)
  set(text "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "(..)" "\\\\x\\1" bytes ${hex})
    file(SIZE ${file} size)
    string(APPEND text "{\"${bytes}\", ${size}},\n")
  endforeach()
  file(GENERATE OUTPUT ${made} CONTENT "${text}")
  target_sources(${target} PRIVATE ${made})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
